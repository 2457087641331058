using System.Buffers.Binary;
using System.IO.Hashing;
using static Gatehouse.Inspection.Signatures.Fields;

namespace Gatehouse.Inspection.Zip;

/// <summary>A header's extra fields (APPNOTE.TXT 4.5): each with its length, together exactly as long as the header says. Two of them are read.</summary>
internal static class ExtraFields
{
    /// <summary>Sizes and offset that do not fit 32 bits (4.5.3).</summary>
    private const ushort Zip64 = 0x0001;

    /// <summary>The name in UTF-8, with a CRC of the one in the header (4.6.9).</summary>
    private const ushort UnicodePath = 0x7075;

    private const int UnicodePathHeader = 5;

    public static ReadOnlySpan<byte> FindZip64(ReadOnlySpan<byte> extra, long offset) => Find(extra, Zip64, offset);

    /// <summary>The name that readers of this field use; null: the header's own.</summary>
    public static string? ReadUnicodePath(ReadOnlySpan<byte> extra, ReadOnlySpan<byte> name, long offset)
    {
        var field = Find(extra, UnicodePath, offset);
        if (field.Length <= UnicodePathHeader)
            return null;
        var path = EntryName.Read(field[UnicodePathHeader..], isUtf8: true, offset);
        return field[0] == 1 && U32(field, 1) == Crc32.HashToUInt32(name) ? path : null;
    }

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
