namespace Gatehouse.Inspection.SecondFormats;

/// <summary>A tar header block (POSIX.1-2017, pax, "ustar Interchange Format"): its checksum is the sum of its bytes, its own field taken as spaces.</summary>
internal static class TarHeader
{
    public const int MagicOffset = 257;
    public const int BlockLength = 512;
    private const int ChecksumOffset = 148;
    private const int ChecksumLength = 8;

    /// <param name="at">Where <c>ustar</c> stands.</param>
    public static bool IsAt(ReadOnlySpan<byte> bytes, int at)
    {
        var start = at - MagicOffset;
        return start >= 0 && bytes.Length - start >= BlockLength && HasGoodChecksum(bytes.Slice(start, BlockLength));
    }

    private static bool HasGoodChecksum(ReadOnlySpan<byte> block)
    {
        var declared = 0;
        foreach (var digit in block.Slice(ChecksumOffset, ChecksumLength).Trim(" \0"u8))
        {
            if (digit is < (byte)'0' or > (byte)'7')
                return false;
            declared = (declared * 8) + (digit - '0');
        }

        var sum = ChecksumLength * ' ';
        foreach (var value in block[..ChecksumOffset])
            sum += value;
        foreach (var value in block[(ChecksumOffset + ChecksumLength)..])
            sum += value;
        return sum == declared;
    }
}
