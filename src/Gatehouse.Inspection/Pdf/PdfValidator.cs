namespace Gatehouse.Inspection.Pdf;

/// <summary>
/// PDF (ISO 32000-1 and -2), judged by its parsed objects: all of them, referenced or not, through object streams and filters. The structure hangs
/// on the file's end, so the work is done when it has ended, through one pooled window.
/// </summary>
public sealed class PdfValidator : IValidator
{
    public const string Mime = "application/pdf";

    private readonly InspectionPolicy _policy;

    private PdfValidator(InspectionPolicy policy) => _policy = policy;

    public static ValidatorEntry Entry { get; } = new(Mime, PdfEnds.BeginsWithHeader, static policy => new PdfValidator(policy));

    public Verdict.Refuse? Write(ReadOnlySpan<byte> bytes) => null;

    public Verdict Complete(IFileContent file, CancellationToken cancellationToken)
    {
        using var source = new PdfSource(file, new PdfBudget(file.Length, cancellationToken));
        if (PdfEnds.Check(source) is { } refusal)
            return refusal;
        try
        {
            var words = new RawWords();
            return GuestSearch.Find(source, words, cancellationToken) ?? new PdfJudgement(source, words, _policy).Judge();
        }
        catch (PdfLimitException limit)
        {
            return PdfRefusals.Because(limit.Reason, limit.Offset);
        }
    }

    public void Dispose()
    {
    }
}
