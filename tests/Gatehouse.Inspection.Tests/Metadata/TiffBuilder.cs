using System.Buffers.Binary;

namespace Gatehouse.Inspection.Tests.Metadata;

/// <summary>Makes small EXIF data.</summary>
internal static class TiffBuilder
{
    /// <summary>One directory. A value is as many numbers as it has bytes of the type's size.</summary>
    public static byte[] Tiff(params (ushort Tag, ushort Type, byte[] Value)[] entries)
    {
        List<byte> table = [.. "II*\0"u8, 8, 0, 0, 0, (byte)entries.Length, 0];
        List<byte> data = [];
        foreach (var (tag, type, value) in entries)
        {
            table.AddRange(Entry(tag, type, (uint)(value.Length / SizeOf(type)), (uint)(14 + (12 * entries.Length) + data.Count)));
            data.AddRange(value);
        }

        return [.. table, 0, 0, 0, 0, .. data];
    }

    public static byte[] Entry(ushort tag, ushort type, uint count, uint value) =>
        [(byte)tag, (byte)(tag >> 8), (byte)type, 0, .. LittleEndian(count), .. LittleEndian(value)];

    public static byte[] LittleEndian(uint value)
    {
        var bytes = new byte[4];
        BinaryPrimitives.WriteUInt32LittleEndian(bytes, value);
        return bytes;
    }

    public static byte[] BigEndian(uint value)
    {
        var bytes = new byte[4];
        BinaryPrimitives.WriteUInt32BigEndian(bytes, value);
        return bytes;
    }

    private static int SizeOf(ushort type) => type switch
    {
        3 or 8 => 2,
        4 or 9 or 11 or 13 => 4,
        5 or 10 or 12 => 8,
        _ => 1,
    };
}
