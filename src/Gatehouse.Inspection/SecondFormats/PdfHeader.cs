namespace Gatehouse.Inspection.SecondFormats;

/// <summary>A PDF's header as readers look for it: <c>%PDF-</c>, whatever follows, or Adobe's <c>%!PS-Adobe-3.0 PDF-</c> (ISO 32000-1, annex H.3, note 14).</summary>
internal static class PdfHeader
{
    public const string Name = "PDF document";

    private const int PostScriptLength = 15;

    /// <summary>What both forms have, behind a percent sign or behind what PostScript begins with.</summary>
    public static ReadOnlySpan<byte> Signature => "PDF-"u8;

    /// <summary>Where the first one begins; -1: nowhere.</summary>
    public static int Find(ReadOnlySpan<byte> bytes)
    {
        for (var at = 0; bytes[at..].IndexOf(Signature) is var found and >= 0; at++)
        {
            at += found;
            if (StartOf(bytes, at) is var start and >= 0)
                return start;
        }

        return -1;
    }

    /// <summary>Where the header begins whose signature may stand at <paramref name="at"/>; -1: there is none.</summary>
    public static int StartOf(ReadOnlySpan<byte> bytes, int at)
    {
        if (!bytes[at..].StartsWith(Signature))
            return -1;
        var before = bytes[..at];
        if (before.EndsWith("%"u8))
            return at - 1;
        return at >= PostScriptLength && IsPostScript(before[^PostScriptLength..]) ? at - PostScriptLength : -1;
    }

    /// <summary>Whether a PDF begins with this percent sign.</summary>
    public static bool IsAt(ReadOnlySpan<byte> bytes) =>
        bytes.StartsWith("%PDF-"u8) || (bytes.Length > PostScriptLength && IsPostScript(bytes[..PostScriptLength]) && bytes[PostScriptLength..].StartsWith(Signature));

    /// <summary>"%!PS-Adobe-N.n ".</summary>
    private static bool IsPostScript(ReadOnlySpan<byte> header) =>
        header.StartsWith("%!PS-Adobe-"u8) && char.IsAsciiDigit((char)header[11]) && header[12] == '.' && char.IsAsciiDigit((char)header[13]) && header[14] == ' ';
}
