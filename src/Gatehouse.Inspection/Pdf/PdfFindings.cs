namespace Gatehouse.Inspection.Pdf;

/// <summary>What was found that policy decides on: refuses, or flags.</summary>
internal sealed class PdfFindings(InspectionPolicy policy)
{
    private readonly List<string> _flags = [];

    public IReadOnlyList<string> Flags => _flags;

    public Verdict.Refuse? Refusal { get; private set; }

    public void Add(string reason, long offset, string sentence)
    {
        if (!policy.FlagOnly.Contains(reason, StringComparer.Ordinal))
            Refusal ??= Refusals.Because(reason, PdfValidator.Mime, offset, sentence);
        else if (!_flags.Contains(reason, StringComparer.Ordinal))
            _flags.Add(reason);
    }
}
