using System.Buffers.Binary;

namespace Gatehouse.Inspection.Signatures;

/// <summary>Header fields read where the prefix reaches them; a field beyond it is 0, which no check takes for a good value.</summary>
internal static class Fields
{
    public static bool At(ReadOnlySpan<byte> bytes, int offset, ReadOnlySpan<byte> expected) =>
        bytes.Length >= offset + expected.Length && bytes.Slice(offset, expected.Length).SequenceEqual(expected);

    public static byte U8(ReadOnlySpan<byte> bytes, int offset) => bytes.Length > offset && offset >= 0 ? bytes[offset] : (byte)0;

    public static ushort U16(ReadOnlySpan<byte> bytes, int offset) =>
        offset >= 0 && bytes.Length - 2 >= offset ? BinaryPrimitives.ReadUInt16LittleEndian(bytes[offset..]) : (ushort)0;

    public static uint U32(ReadOnlySpan<byte> bytes, int offset) =>
        offset >= 0 && bytes.Length - 4 >= offset ? BinaryPrimitives.ReadUInt32LittleEndian(bytes[offset..]) : 0;

    public static uint BigU32(ReadOnlySpan<byte> bytes, int offset) =>
        offset >= 0 && bytes.Length - 4 >= offset ? BinaryPrimitives.ReadUInt32BigEndian(bytes[offset..]) : 0;
}
