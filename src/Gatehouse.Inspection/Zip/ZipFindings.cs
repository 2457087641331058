namespace Gatehouse.Inspection.Zip;

/// <summary>What was found that policy decides on: refuses, or flags.</summary>
internal sealed class ZipFindings(InspectionPolicy policy)
{
    private readonly List<string> _flags = [];

    public IReadOnlyList<string> Flags => _flags;

    public void Encrypted(long at) => Add(Reasons.Encrypted, at, "is protected by a password. Send it without one.");

    /// <param name="what">"a program", "another archive".</param>
    public void Embedded(long at, string what) => Add(Reasons.EmbeddedFile, at, $"holds {what}. Remove it, and send the rest.");

    /// <param name="what">"a link to a file on another computer".</param>
    public void Active(long at, string what) => Add(Reasons.ActiveContent, at, $"holds {what}, which acts when it is opened. Save it as PDF and send that.");

    private void Add(string reason, long at, string sentence)
    {
        if (!policy.FlagOnly.Contains(reason, StringComparer.Ordinal))
            throw new ZipStopException(reason, at, sentence);
        if (!_flags.Contains(reason, StringComparer.Ordinal))
            _flags.Add(reason);
    }
}
