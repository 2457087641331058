namespace Gatehouse.Inspection.SecondFormats;

/// <summary>A PDF header (ISO 32000-1, 7.5.2) with an indirect object behind it (7.3.10). Prose that mentions <c>%PDF-</c> has none.</summary>
internal static class PdfHeader
{
    public const string Name = "PDF document";

    private const int HeaderLength = 8;

    private static ReadOnlySpan<byte> Signature => "%PDF-"u8;

    /// <summary>A header in <c>[from, to)</c> with an object anywhere behind it. What follows the first header follows every later one, so one search does.</summary>
    public static int Find(ReadOnlySpan<byte> bytes, int from, int to)
    {
        for (var at = from; at < to; at++)
        {
            var found = bytes[at..].IndexOf(Signature);
            if (found < 0 || (at += found) >= to)
                break;
            if (IsHeader(bytes[at..]))
                return HasObject(bytes[(at + HeaderLength)..]) ? at : -1;
        }

        return -1;
    }

    private static bool IsHeader(ReadOnlySpan<byte> header) =>
        header.Length > HeaderLength && char.IsAsciiDigit((char)header[5]) && header[6] == '.' && char.IsAsciiDigit((char)header[7]);

    private static bool HasObject(ReadOnlySpan<byte> bytes)
    {
        for (var from = 0; ;)
        {
            var found = bytes[from..].IndexOf(" obj"u8);
            if (found < 0)
                return false;
            var at = from + found;
            if (EndsInTwoNumbers(bytes[..at]))
                return true;
            from = at + 4;
        }
    }

    /// <summary>Object and generation number.</summary>
    private static bool EndsInTwoNumbers(ReadOnlySpan<byte> bytes)
    {
        var generation = bytes.TrimEnd("0123456789"u8);
        if (generation.Length == bytes.Length)
            return false;
        var space = generation.TrimEnd(" \t\r\n"u8);
        return space.Length < generation.Length && space.Length > 0 && char.IsAsciiDigit((char)space[^1]);
    }
}
