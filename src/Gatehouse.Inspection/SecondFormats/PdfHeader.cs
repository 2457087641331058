namespace Gatehouse.Inspection.SecondFormats;

/// <summary>A PDF's header as readers look for it: <c>%PDF-</c>, whatever follows, or Adobe's <c>%!PS-Adobe-3.0 PDF-</c> (ISO 32000-1, annex H.3, note 14).</summary>
internal static class PdfHeader
{
    public const string Name = "PDF document";

    private const int PostScriptLength = 15;

    private static ReadOnlySpan<byte> Signature => "PDF-"u8;

    /// <summary>Where the first one in <c>[from, to)</c> begins; -1: nowhere.</summary>
    public static int Find(ReadOnlySpan<byte> bytes, int from, int to)
    {
        for (var at = from; bytes[at..].IndexOf(Signature) is var found and >= 0; at++)
        {
            at += found;
            var start = StartOf(bytes[..at]);
            if (start >= to)
                return -1;
            if (start >= from)
                return start;
        }

        return -1;
    }

    /// <summary>Whether a PDF begins with this percent sign.</summary>
    public static bool IsAt(ReadOnlySpan<byte> bytes) =>
        bytes.StartsWith("%PDF-"u8) || (bytes.Length > PostScriptLength && IsPostScript(bytes[..PostScriptLength]) && bytes[PostScriptLength..].StartsWith(Signature));

    private static int StartOf(ReadOnlySpan<byte> before)
    {
        if (before.EndsWith("%"u8))
            return before.Length - 1;
        return before.Length >= PostScriptLength && IsPostScript(before[^PostScriptLength..]) ? before.Length - PostScriptLength : -1;
    }

    /// <summary>"%!PS-Adobe-N.n ".</summary>
    private static bool IsPostScript(ReadOnlySpan<byte> header) =>
        header.StartsWith("%!PS-Adobe-"u8) && char.IsAsciiDigit((char)header[11]) && header[12] == '.' && char.IsAsciiDigit((char)header[13]) && header[14] == ' ';
}
