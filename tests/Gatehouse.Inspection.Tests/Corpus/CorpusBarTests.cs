namespace Gatehouse.Inspection.Tests.Corpus;

/// <summary>What the inspection must do on the corpus, whole files of every kind.</summary>
public sealed class CorpusBarTests
{
    [CorpusFact]
    public void The_bar_is_held_on_the_whole_corpus_and_every_miss_is_explained_by_a_rule()
    {
        var report = CorpusReport.Run(CorpusFile.Folder!);

        Assert.Empty(report.Unexplained);
        Assert.Equal(0, report.Hostile.Part);
        Assert.Equal(0, report.OtherTypes.Part);
        Assert.True(report.Honest.All > 100 && report.Honest.Part * 100 >= report.Honest.All * 99, report.Honest.ToString());
        Assert.Equal(report.HandMadeTexts.All, report.HandMadeTexts.Part);
        Assert.Equal(report.RefusedByRule.All, report.RefusedByRule.Part);
    }

    [CorpusFact]
    public void A_refusal_gives_the_reason_that_fits_what_the_file_is()
    {
        var unfit = from file in CorpusFile.All()
                    where file.Policy is "reject" && Fitting(file) is { } reasons && !reasons.Contains(ReasonOf(file))
                    select $"{file.Path}: {ReasonOf(file)}";

        Assert.Empty(unfit);
    }

    private static string? ReasonOf(CorpusFile file) => Judging.Judge.Whole(file.Bytes) is Verdict.Refuse refusal ? refusal.Reason : "accepted";

    /// <summary>Null: the label says nothing of the reason.</summary>
    private static string?[]? Fitting(CorpusFile file) => file switch
    {
        { Path: "odd/27e749f8-malformed-html-gh-521.html" } => [Reasons.BinaryAsText],
        { ExpectedMime: "text/html" or "text/xml" or "application/xhtml+xml" or "image/svg+xml" or "application/rtf" or "text/calendar" or "image/x-xbitmap" } => [Reasons.MarkupAsText],
        { ExpectedMime: "text/x-php" or "text/x-asp" or "text/javascript" or "text/x-python" or "text/x-msdos-batch" or "application/postscript" or "application/x-desktop" } => [Reasons.ScriptAsText],
        { ExpectedMime: "application/octet-stream" } => [Reasons.BinaryAsText],
        _ when CorpusRules.Accepted.ContainsKey(file.Path) => null,
        { Path: "clean/8b2fd126-testWORDML_tableInsideParagraph.doc" } => [Reasons.MarkupAsText],
        { ExpectedMime: "application/pdf" } => [Reasons.ActiveContent, Reasons.EmbeddedFile, Reasons.Encrypted],
        { ExpectedMime: "polyglot", Path: var path } when path.Contains("JPG", StringComparison.Ordinal) || path.Contains("PNG", StringComparison.Ordinal) => [Reasons.SecondFormat, Reasons.TrailingData],
        { ExpectedMime: "broken" or "image/png" or "image/jpeg" } => [Reasons.Truncated, Reasons.BadChecksum, Reasons.BadStructure, Reasons.TooManyPixels],
        { ExpectedMime: var mime } when mime.StartsWith("application/vnd.", StringComparison.Ordinal) || mime is "application/zip" or "application/msword" or "image/gif" => [null],
        _ => null,
    };
}
