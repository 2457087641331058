using Gatehouse.Inspection.SecondFormats;
using Gatehouse.Inspection.Signatures;

namespace Gatehouse.Inspection.Zip;

/// <summary>
/// ZIP (APPNOTE.TXT 6.3.10) and the Office documents that are packed as one (ECMA-376). What an archive is stands in its directory, at its end, so the
/// work is done when the file has ended: one walk over the directory, and one over all entries.
/// </summary>
public sealed class ZipValidator : IValidator
{
    private readonly InspectionPolicy _policy;

    private ZipValidator(InspectionPolicy policy) => _policy = policy;

    /// <summary>One validator for all four: which of them a file is, it finds out, and refuses what is not allowed.</summary>
    public static IReadOnlyList<ValidatorEntry> Entries { get; } =
        [.. new[] { ZipKinds.Zip, ZipKinds.Word, ZipKinds.Excel, ZipKinds.PowerPoint }.Select(kind => new ValidatorEntry(kind.Mime, IsArchive, static policy => new ZipValidator(policy)))];

    public Verdict.Refuse? Write(ReadOnlySpan<byte> bytes) => null;

    public Verdict Complete(IFileContent file, CancellationToken cancellationToken)
    {
        var findings = new ZipFindings(_policy);
        try
        {
            var work = new ZipWork(ZipLimits.WorkFor(file.Length), cancellationToken);
            var kind = new ZipJudge(findings, work).Judge(file, IsAllowed, depth: 0);
            return IsAllowed(kind) ? new Verdict.Accept(kind.Mime, Charset: null, findings.Flags) : ZipStopException.NotAllowed(kind).Refusal(kind);
        }
        catch (ZipStopException stop)
        {
            return stop.Refusal(NameByStart(file));
        }
    }

    public void Dispose()
    {
    }

    /// <summary>A local header, or the end of an empty archive: no text begins so.</summary>
    private static bool IsArchive(ReadOnlySpan<byte> prefix) => prefix.StartsWith("PK\x03\x04"u8) || prefix.StartsWith(ZipEnd.Signature);

    private bool IsAllowed(NamedType kind) => _policy.AllowedTypes.Contains(kind.Mime, StringComparer.Ordinal);

    private static NamedType NameByStart(IFileContent file)
    {
        using var start = new PooledSpan<byte>(Inspector.PrefixLength);
        var length = 0;
        while (length < start.Span.Length && file.ReadAt(length, start.Span[length..]) is var read and > 0)
            length += read;
        return ZipKinds.Match(start.Span[..length]) ?? ZipKinds.Zip;
    }
}
