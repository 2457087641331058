using Gatehouse.Inspection.Metadata;
using Gatehouse.Inspection.SecondFormats;
using static Gatehouse.Inspection.Signatures.Fields;

namespace Gatehouse.Inspection.Zip;

/// <summary>What may not stand where no reader of archives looks: names, extra fields, comments and gaps.</summary>
internal static class HiddenData
{
    private const int SearchedGap = 64 * 1024;

    /// <summary>A header's bytes, of which the first are a name.</summary>
    public static void SearchHeader(ReadOnlySpan<byte> bytes, int nameLength, long offset)
    {
        SearchFormats(bytes, offset);
        if (ScriptSearch.InName(bytes[..nameLength]) is var script and >= 0)
            throw ZipStops.Script(offset + script);
        SearchScripts(bytes[nameLength..], offset + nameLength);
    }

    /// <summary>A comment's bytes.</summary>
    public static void Search(ReadOnlySpan<byte> bytes, long offset)
    {
        SearchFormats(bytes, offset);
        SearchScripts(bytes, offset);
    }

    private static void SearchFormats(ReadOnlySpan<byte> bytes, long offset)
    {
        if (bytes.IsEmpty)
            return;
        if (SecondFormatSearch.Find(bytes) is { } hit)
            throw ZipStops.SecondFormat(offset + hit.Offset, hit.Name);
        // Readers look for this within the first kilobyte, and its objects may be an entry's data (ISO 32000-1, annex H.3, note 13).
        var mark = "%PDF-"u8;
        for (var at = 0; bytes[at..].IndexOf(mark) is var found and >= 0; at += found + mark.Length)
        {
            if (char.IsAsciiDigit((char)U8(bytes, at + found + mark.Length)))
                throw ZipStops.SecondFormat(offset + at + found, PdfHeader.Name);
        }
    }

    private static void SearchScripts(ReadOnlySpan<byte> bytes, long offset)
    {
        if (!bytes.IsEmpty && ScriptSearch.InText(bytes) is var script and >= 0)
            throw ZipStops.Script(offset + script);
    }

    /// <summary>Bytes that belong to no entry: another format, or other data.</summary>
    public static ZipStopException InGap(ZipSource source, long from, long to)
    {
        using var buffer = new PooledSpan<byte>((int)Math.Min(to - from, SearchedGap));
        var gap = buffer.Span[..source.Read(from, buffer.Span)];
        return SecondFormatSearch.Find(gap) is { } hit ? ZipStops.SecondFormat(from + hit.Offset, hit.Name) : ZipStops.Trailing(from, "between its entries");
    }
}
