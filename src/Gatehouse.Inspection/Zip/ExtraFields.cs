using System.Buffers.Binary;
using static Gatehouse.Inspection.Signatures.Fields;

namespace Gatehouse.Inspection.Zip;

/// <summary>A header's extra fields (APPNOTE.TXT 4.5): each with its length, together exactly as long as the header says. What readers act on is read.</summary>
internal static class ExtraFields
{
    /// <summary>Sizes and offset that do not fit 32 bits (4.5.3).</summary>
    private const ushort Zip64 = 0x0001;

    /// <summary>The name in UTF-8, with a CRC of the one in the header (4.6.9).</summary>
    private const ushort UnicodePath = 0x7075;

    /// <summary>PKWARE's of Unix: two times, owner and group; what is behind them is a link's target or a device (4.5.7).</summary>
    private const ushort Unix = 0x000D;

    private const int UnixHeader = 12;

    /// <summary>ASi's of Unix (4.6.1 lists it): a CRC, then a file's mode, whose upper four bits are S_IFLNK for a link.</summary>
    private const ushort AsiUnix = 0x756E;

    private const int LinkMode = 0xA;

    /// <summary>Some readers make a link of what only these fields call one.</summary>
    public static bool IsLink(ReadOnlySpan<byte> extra, long offset)
    {
        var asi = Find(extra, AsiUnix, offset);
        return Find(extra, Unix, offset).Length > UnixHeader || (asi.Length >= 6 && U16(asi, 4) >> 12 == LinkMode);
    }

    public static ReadOnlySpan<byte> FindZip64(ReadOnlySpan<byte> extra, long offset) => Find(extra, Zip64, offset);

    public static ReadOnlySpan<byte> FindUnicodePath(ReadOnlySpan<byte> extra, long offset) => Find(extra, UnicodePath, offset);

    /// <summary>A value that is all ones in the header is the field's next (4.5.3); -1: it is not there.</summary>
    public static long Value(uint value, ref ReadOnlySpan<byte> zip64)
    {
        if (value != uint.MaxValue)
            return value;
        if (zip64.Length < 8)
            return -1;
        var large = BinaryPrimitives.ReadInt64LittleEndian(zip64);
        zip64 = zip64[8..];
        return large;
    }

    private static ReadOnlySpan<byte> Find(ReadOnlySpan<byte> extra, ushort id, long offset)
    {
        ReadOnlySpan<byte> found = default;
        while (extra.Length >= 4)
        {
            var length = U16(extra, 2);
            if (length > extra.Length - 4)
                throw ZipStops.Structure(offset, "an entry's extra field is wrong");
            if (U16(extra, 0) == id)
                found = found.IsEmpty ? extra.Slice(4, length) : throw ZipStops.Structure(offset, "an entry has an extra field twice");
            extra = extra[(4 + length)..];
        }

        return extra.ContainsAnyExcept((byte)0) ? throw ZipStops.Structure(offset, "an entry's extra field is wrong") : found;
    }
}
