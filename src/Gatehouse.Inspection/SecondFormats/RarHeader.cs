using System.Buffers.Binary;
using System.IO.Hashing;

namespace Gatehouse.Inspection.SecondFormats;

/// <summary>RAR's first header behind its signature: version 4 (technote: 16 bits of a CRC-32) and version 5 (a whole one).</summary>
internal static class RarHeader
{
    private const int SignatureLength4 = 7;
    private const int SignatureLength5 = 8;
    private const byte MainHeader4 = 0x73;

    /// <summary>RAR 5: "the maximum header size is 2 MB"; a first header has some dozen bytes, so 4 KB is generous.</summary>
    private const int LongestHeader = 4096;

    public static bool IsAt(ReadOnlySpan<byte> bytes, int at)
    {
        var archive = bytes[at..];
        if (archive.Length <= SignatureLength5)
            return false;
        return archive[6] switch
        {
            0 => IsVersion4(archive[SignatureLength4..]),
            1 => archive[7] == 0 && IsVersion5(archive[SignatureLength5..]),
            _ => false,
        };
    }

    private static bool IsVersion4(ReadOnlySpan<byte> header)
    {
        if (header.Length < 7 || header[2] != MainHeader4)
            return false;
        var size = BinaryPrimitives.ReadUInt16LittleEndian(header[5..]);
        if (size is < 7 or > LongestHeader || size > header.Length)
            return false;
        return (ushort)Crc32.HashToUInt32(header[2..size]) == BinaryPrimitives.ReadUInt16LittleEndian(header);
    }

    private static bool IsVersion5(ReadOnlySpan<byte> header)
    {
        if (header.Length < 7)
            return false;
        var (size, sizeLength) = ReadVariable(header[4..]);
        if (sizeLength == 0 || size is 0 or > LongestHeader || header.Length < 4 + sizeLength + (int)size)
            return false;
        return Crc32.HashToUInt32(header.Slice(4, sizeLength + (int)size)) == BinaryPrimitives.ReadUInt32LittleEndian(header);
    }

    /// <summary>Seven bits a byte, least first; a header's size takes at most three.</summary>
    private static (uint Value, int Length) ReadVariable(ReadOnlySpan<byte> bytes)
    {
        var value = 0u;
        for (var i = 0; i < 3 && i < bytes.Length; i++)
        {
            value |= (uint)(bytes[i] & 0x7F) << (7 * i);
            if (bytes[i] < 0x80)
                return (value, i + 1);
        }

        return default;
    }
}
