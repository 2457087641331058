using Gatehouse.Inspection.Tests.Judging;

namespace Gatehouse.Inspection.Tests.Corpus;

public sealed class DocumentCorpusTests
{
    /// <summary>
    /// Labelled by type alone as acceptable, but refused by rule: they hold a script (a page action, XFA), attachments, or are wrapped by a Mac.
    /// </summary>
    private static readonly Dictionary<string, string?> RefusedByRule = new(StringComparer.Ordinal)
    {
        ["clean/2cce43b1-testPDF_jsActionOnPage.pdf"] = Reasons.ActiveContent,
        ["clean/b6a6c30d-testPDF_XFA_govdocs1_258578.pdf"] = Reasons.ActiveContent,
        ["clean/5a72046d-testPDF_multiFormatEmbFiles.pdf"] = Reasons.EmbeddedFile,
        ["clean/7b6675ce-testPDF_deeplyEmbeddedAttachments.pdf"] = Reasons.EmbeddedFile,
        ["clean/9825311c-testPDFFileEmbInAnnotation.pdf"] = Reasons.EmbeddedFile,
        ["clean/d2ff3a8c-testMicrosoftIRMServices.pdf"] = Reasons.EmbeddedFile,
        ["clean/f50a8543-testAppleSingleFile.pdf"] = null,
    };

    /// <summary>Labelled by name, but honest by content: one line of prose named .odt, and a PDF whose empty password opens it.</summary>
    private static readonly HashSet<string> HonestByContent = new(StringComparer.Ordinal)
    {
        "clean/4b7cbd32-testODTnotaZipFile.odt",
        "odd/ff4f3a11-testPDF_protected.pdf",
    };

    [CorpusFact]
    public void At_least_99_in_100_honest_documents_are_accepted()
    {
        var honest = CorpusFile.All().Where(f => f is { Policy: "accept", ExpectedMime: "text/plain" or "application/pdf" } && !RefusedByRule.ContainsKey(f.Path)).ToList();
        var refused = honest.Where(f => !IsAcceptedAsLabelled(f)).Select(f => f.Path).ToList();
        Assert.True(honest.Count >= 90 && refused.Count * 100 <= honest.Count, string.Join('\n', refused));
    }

    [CorpusFact]
    public void Documents_with_scripts_or_attachments_are_refused_for_them()
    {
        foreach (var file in CorpusFile.All().Where(f => RefusedByRule.ContainsKey(f.Path)))
            Judge.Refuses(file.Bytes, RefusedByRule[file.Path]);
    }

    [CorpusFact]
    public void Nothing_hostile_and_no_other_type_is_let_in()
    {
        var rejects = CorpusFile.All().Where(f => f.Policy is "reject" && !HonestByContent.Contains(f.Path)).ToList();
        var letIn = rejects.Where(f => Judge.Whole(f.Bytes) is Verdict.Accept).Select(f => f.Path).ToList();
        Assert.True(rejects.Count > 400 && letIn.Count == 0, string.Join('\n', letIn));
    }

    private static bool IsAcceptedAsLabelled(CorpusFile file) =>
        Judge.Whole(file.Bytes) is Verdict.Accept accepted && string.Equals(accepted.Mime, file.ExpectedMime, StringComparison.Ordinal);
}
