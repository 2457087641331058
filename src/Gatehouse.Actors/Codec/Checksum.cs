using System.Buffers.Binary;
using System.Numerics;

namespace Gatehouse.Actors.Codec;

/// <summary>CRC-32C (RFC 3720, appendix B.4), eight bytes an instruction where the processor has one.</summary>
internal static class Checksum
{
    public static uint Of(ReadOnlySpan<byte> bytes)
    {
        var crc = uint.MaxValue;
        for (; bytes.Length >= 8; bytes = bytes[8..]) crc = BitOperations.Crc32C(crc, BinaryPrimitives.ReadUInt64LittleEndian(bytes));
        foreach (var one in bytes) crc = BitOperations.Crc32C(crc, one);
        return ~crc;
    }
}
