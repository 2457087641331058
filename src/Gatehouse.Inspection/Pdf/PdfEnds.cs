namespace Gatehouse.Inspection.Pdf;

/// <summary>A PDF's first and last line (ISO 32000-1, 7.5.2 and 7.5.5).</summary>
internal static class PdfEnds
{
    private const int MarkLength = 5;

    /// <summary>"%PDF-" and a digit, at the start but for a byte order mark and white space.</summary>
    public static bool BeginsWithHeader(ReadOnlySpan<byte> prefix)
    {
        if (prefix.StartsWith((ReadOnlySpan<byte>)[0xEF, 0xBB, 0xBF]))
            prefix = prefix[3..];
        prefix = prefix.TrimStart(" \t\r\n\f\0"u8);
        return prefix.StartsWith("%PDF-"u8) && prefix.Length > MarkLength && char.IsAsciiDigit((char)prefix[MarkLength]);
    }

    public static long HeaderOffset(PdfSource source) => source.Find(0, "%PDF-"u8);

    /// <summary>A version in the header; "%%EOF", and nothing but white space after it.</summary>
    public static Verdict.Refuse? Check(PdfSource source)
    {
        var header = HeaderOffset(source);
        if (source[header + MarkLength + 1] != '.' || source[header + MarkLength + 2] is < '0' or > '9')
            return PdfRefusals.Because(Reasons.BadStructure, header);
        var end = source.Length;
        while (end > 0 && PdfReader.IsSpace(source[end - 1]))
            end--;
        if (source.Matches(end - MarkLength, "%%EOF"u8))
            return null;
        long last = -1;
        for (long at = 0; source.Find(at, "%%EOF"u8) is var found and >= 0; at = found + 1)
            last = found;
        return last < 0 ? PdfRefusals.Because(Reasons.Truncated, source.Length) : PdfRefusals.Because(Reasons.TrailingData, last + MarkLength);
    }
}
