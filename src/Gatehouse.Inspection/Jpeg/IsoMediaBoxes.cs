using System.Buffers.Binary;

namespace Gatehouse.Inspection.Jpeg;

/// <summary>A video's top-level boxes (ISO/IEC 14496-12, 4.2): <c>ftyp</c> first, kinds that a video has, adding up to the file's end.</summary>
internal static class IsoMediaBoxes
{
    private const int MaxBoxes = 10_000;

    private static readonly string[] Known = ["ftyp", "moov", "mdat", "free", "skip", "wide", "uuid", "moof", "mfra", "sidx", "styp", "meta", "udta", "pdin"];

    /// <summary>The file's end; <paramref name="from"/> when the boxes do not lead there.</summary>
    public static long End(IFileContent file, long from, Span<byte> scratch)
    {
        var (at, boxes) = (from, 0);
        while (at < file.Length)
        {
            var (type, size) = Read(file, at, scratch);
            if (size == 0 || ++boxes > MaxBoxes || (at == from) != (type is "ftyp"))
                return from;
            at += size;
        }

        return at == file.Length ? at : from;
    }

    /// <summary>The boxes that no player plays, where something else could stand.</summary>
    public static IReadOnlyList<(long Offset, long Length)> Unplayed(IFileContent file, long from)
    {
        Span<byte> scratch = stackalloc byte[16];
        var parts = new List<(long, long)>();
        for (var at = from; at < file.Length && parts.Count < MaxBoxes;)
        {
            var (type, size) = Read(file, at, scratch);
            if (size == 0)
                break;
            if (type is not "mdat")
                parts.Add((at, Math.Min(size, file.Length - at)));
            at += size;
        }

        return parts;
    }

    /// <summary>Size 0: no box of a known kind.</summary>
    private static (string? Type, long Size) Read(IFileContent file, long at, Span<byte> scratch)
    {
        var head = scratch[..16];
        var read = file.ReadAt(at, head);
        if (read < 8)
            return default;
        var type = Array.Find(Known, new TypeIs(BinaryPrimitives.ReadUInt32BigEndian(head[4..])).Of);
        long size = BinaryPrimitives.ReadUInt32BigEndian(head);
        size = size switch
        {
            0 => file.Length - at,
            1 => read == 16 ? BinaryPrimitives.ReadInt64BigEndian(head[8..]) : 0,
            _ => size,
        };
        return type is null || size < 8 || size > file.Length - at ? default : (type, size);
    }

    private readonly struct TypeIs(uint code)
    {
        public bool Of(string name) => code == (((uint)name[0] << 24) | ((uint)name[1] << 16) | ((uint)name[2] << 8) | name[3]);
    }
}
