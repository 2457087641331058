using System.Buffers;
using Gatehouse.Inspection.Metadata;
using Gatehouse.Inspection.SecondFormats;

namespace Gatehouse.Inspection.Zip;

/// <summary>What may not stand where no reader of archives looks: names, extra fields, comments and gaps.</summary>
internal static class HiddenData
{
    private const int SearchedGap = 64 * 1024;

    /// <summary>A header's or a comment's bytes.</summary>
    public static void Search(ReadOnlySpan<byte> bytes, long offset)
    {
        if (bytes.IsEmpty)
            return;
        if (SecondFormatSearch.Find(bytes) is { } hit)
            throw ZipStops.SecondFormat(offset + hit.Offset, hit.Name);
        // Readers look for this within the first kilobyte, and its objects may be an entry's data (ISO 32000-1, annex H.3, note 13).
        if (bytes.IndexOf("%PDF-"u8) is var pdf and >= 0)
            throw ZipStops.SecondFormat(offset + pdf, PdfHeader.Name);
        if (ScriptSearch.InText(bytes) is var script and >= 0)
            throw ZipStops.Script(offset + script);
    }

    /// <summary>Bytes that belong to no entry: another format, or other data.</summary>
    public static ZipStopException InGap(ZipSource source, long from, long to)
    {
        var buffer = ArrayPool<byte>.Shared.Rent(SearchedGap);
        try
        {
            var gap = buffer.AsSpan(0, (int)Math.Min(to - from, SearchedGap));
            gap = gap[..source.Read(from, gap)];
            return SecondFormatSearch.Find(gap) is { } hit ? ZipStops.SecondFormat(from + hit.Offset, hit.Name) : ZipStops.Trailing(from, "between its entries");
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }
}
