using System.Buffers.Binary;

namespace Gatehouse.Inspection.SecondFormats;

/// <summary>
/// An entry of a ZIP archive (APPNOTE 4.3.7), by which programs that repair archives, and 7-Zip, find one that has no directory. Its data's length is not followed: it may
/// stand behind the data, and an archive of one entry leads nowhere. What is looked at comes by chance once in 2^56 places: the signature (2^32), a method that
/// exists (2^11), and a name that is as long as it says without a control character (2^13).
/// </summary>
internal static class ZipEntryHeader
{
    private const int Length = 30;
    private const int MethodOffset = 8;
    private const int NameLengthOffset = 26;

    /// <summary>Of a name, which may be longer than the bytes at hand.</summary>
    private const int LookedAt = 1024;

    public static ReadOnlySpan<byte> Signature => "PK\x03\x04"u8;

    public static bool IsAt(ReadOnlySpan<byte> bytes, int at)
    {
        var header = bytes[at..];
        if (header.Length <= Length || !IsMethod(BinaryPrimitives.ReadUInt16LittleEndian(header[MethodOffset..])))
            return false;
        var length = Math.Min((int)BinaryPrimitives.ReadUInt16LittleEndian(header[NameLengthOffset..]), LookedAt);
        return length > 0 && header.Length - Length >= length && IsName(header.Slice(Length, length));
    }

    /// <summary>4.4.5: the numbered ones to 20, WavPack's and its like from 92 to 98, and encryption's own.</summary>
    private static bool IsMethod(ushort method) => method is <= 20 or (>= 92 and <= 99);

    /// <summary>Some writers fill a name up with zeros.</summary>
    private static bool IsName(ReadOnlySpan<byte> name)
    {
        name = name.TrimEnd((byte)0);
        return !name.IsEmpty && !name.Contains((byte)0x7F) && name.IndexOfAnyInRange((byte)0, (byte)0x1F) < 0;
    }
}
