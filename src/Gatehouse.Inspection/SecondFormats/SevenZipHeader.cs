using System.Buffers.Binary;
using System.IO.Hashing;

namespace Gatehouse.Inspection.SecondFormats;

/// <summary>7-Zip's signature header (7zFormat.txt, "SignatureHeader"): version, then a CRC-32 over the twenty bytes behind it.</summary>
internal static class SevenZipHeader
{
    private const int Length = 32;

    public static bool IsAt(ReadOnlySpan<byte> bytes, int at)
    {
        if (bytes.Length - at < Length)
            return false;
        var header = bytes.Slice(at, Length);
        return header[6] == 0 && Crc32.HashToUInt32(header[12..]) == BinaryPrimitives.ReadUInt32LittleEndian(header[8..]);
    }
}
