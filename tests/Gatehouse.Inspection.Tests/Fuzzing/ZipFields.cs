using System.Buffers.Binary;

namespace Gatehouse.Inspection.Tests.Fuzzing;

/// <summary>Numbers in a ZIP header, and in the extra field that takes those of 64 bits (APPNOTE.TXT 4.5.3).</summary>
internal static class ZipFields
{
    public static int U16(ReadOnlySpan<byte> header, int at) => BinaryPrimitives.ReadUInt16LittleEndian(header[at..]);

    /// <param name="at">Of the field of 32 bits.</param>
    /// <param name="behind">Bytes of the header before its name: a value that is all ones stands last in the extra field.</param>
    public static long Read(ReadOnlySpan<byte> record, int at, int behind)
    {
        var value = BinaryPrimitives.ReadUInt32LittleEndian(record[at..]);
        if (value != uint.MaxValue)
            return value;
        var extra = record.Slice(behind - 2 + U16(record, 28), U16(record, 30));
        return extra.Length >= 28 && U16(extra, 0) == 1 ? BinaryPrimitives.ReadInt64LittleEndian(extra[20..]) : -1;
    }

    /// <summary>Writes into the extra field what the header leaves to it, as many values as it holds; the others into the header.</summary>
    /// <param name="fields">The places of the fields of 32 bits, in the order of the extra field, and their values.</param>
    public static void Write(Span<byte> header, Span<byte> extra, params ReadOnlySpan<(int At, long Value)> fields)
    {
        var room = extra.Length >= 4 && U16(extra, 0) == 1 ? extra[4..Math.Min(extra.Length, 4 + U16(extra, 2))] : [];
        foreach (var (at, value) in fields)
        {
            if (BinaryPrimitives.ReadUInt32LittleEndian(header[at..]) == uint.MaxValue && room.Length >= 8)
            {
                BinaryPrimitives.WriteInt64LittleEndian(room, value);
                room = room[8..];
            }
            else
            {
                BinaryPrimitives.WriteUInt32LittleEndian(header[at..], (uint)value);
            }
        }
    }
}
