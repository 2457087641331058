namespace Gatehouse.Inspection.IsoMedia;

/// <summary>
/// The top-level boxes of a video that stands at a file's end (ISO/IEC 14496-12, 4.2): <c>ftyp</c> first, kinds that a video has, a movie among them, adding up to the end.
/// </summary>
internal static class IsoMediaBoxes
{
    private const int MaxBoxes = 10_000;

    /// <summary>The file's end; <paramref name="from"/> when the boxes do not lead there.</summary>
    public static long End(IFileContent file, long from)
    {
        var (at, boxes, hasMovie) = (from, 0, false);
        while (at < file.Length)
        {
            if (Read(file, at) is not { } box || ++boxes > MaxBoxes || (at == from) != (box.Type is "ftyp"))
                return from;
            hasMovie |= box.Type is "moov";
            at = box.End;
        }

        return at == file.Length && hasMovie ? at : from;
    }

    /// <summary>The boxes that no player plays, where a few letters are no chance.</summary>
    public static IReadOnlyList<(long Offset, long Length)> Unplayed(IFileContent file, long from)
    {
        var parts = new List<(long, long)>();
        for (var at = from; at < file.Length && parts.Count < MaxBoxes && Read(file, at) is { } box; at = box.End)
        {
            if (box.Type is not "mdat")
                parts.Add((at, box.End - at));
        }

        return parts;
    }

    /// <summary>Null: no box of a known kind.</summary>
    private static IsoBox? Read(IFileContent file, long at)
    {
        Span<byte> header = stackalloc byte[IsoBox.LongHeader];
        var box = IsoBox.Read(header[..file.ReadAt(at, header)], at, file.Length);
        return box is { } known && IsKnown(known.Type) && known.End <= file.Length ? known : null;
    }

    private static bool IsKnown(string? type) =>
        type is "ftyp" or "moov" or "mdat" or "free" or "skip" or "wide" or "uuid" or "moof" or "mfra" or "sidx" or "styp" or "meta" or "udta" or "pdin";
}
