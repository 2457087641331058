namespace Gatehouse.Inspection.SecondFormats;

/// <summary>
/// A tar header block (POSIX.1-2017, pax, "ustar Interchange Format"): its checksum is the sum of its bytes, its own field taken as spaces. Old writers took
/// the bytes as signed; readers accept both, and end a number at the first byte that is a blank or zero.
/// </summary>
internal static class TarHeader
{
    public const int MagicOffset = 257;
    public const int BlockLength = 512;
    private const int ChecksumOffset = 148;
    private const int ChecksumLength = 8;
    private const int TypeOffset = 156;

    /// <summary>Mode, owner, group, size and time.</summary>
    private static readonly (int Offset, int Length)[] Numbers = [(100, 8), (108, 8), (116, 8), (124, 12), (136, 12)];

    /// <param name="at">Where <c>ustar</c> stands.</param>
    public static bool IsAt(ReadOnlySpan<byte> bytes, int at)
    {
        var start = at - MagicOffset;
        return start >= 0 && bytes.Length - start >= BlockLength && HasGoodChecksum(bytes.Slice(start, BlockLength));
    }

    /// <summary>Whether a file that begins so is an archive, of before POSIX too, when there was no <c>ustar</c>: then every number must be one.</summary>
    public static bool Begins(ReadOnlySpan<byte> file)
    {
        if (file.Length < BlockLength)
            return false;
        var block = file[..BlockLength];
        if (!HasGoodChecksum(block))
            return false;
        if (block[MagicOffset..].StartsWith("ustar"u8))
            return true;
        if (block[TypeOffset] is not (0 or (>= (byte)'0' and <= (byte)'7') or (byte)'g' or (byte)'x' or (byte)'L' or (byte)'K'))
            return false;
        foreach (var (offset, length) in Numbers)
        {
            if (Number(block.Slice(offset, length)) < 0)
                return false;
        }

        return true;
    }

    private static bool HasGoodChecksum(ReadOnlySpan<byte> block)
    {
        var declared = Number(block.Slice(ChecksumOffset, ChecksumLength));
        if (declared < 0)
            return false;
        var (sum, negative) = (0L, 0);
        foreach (var value in block)
        {
            sum += value;
            negative += value >> 7;
        }

        foreach (var value in block.Slice(ChecksumOffset, ChecksumLength))
        {
            sum += ' ' - value;
            negative -= value >> 7;
        }

        return declared == sum || declared == sum - (256L * negative);
    }

    /// <summary>Octal digits, or GNU's binary numbers, whose first bit is set; -1: none.</summary>
    private static long Number(ReadOnlySpan<byte> field)
    {
        if (field[0] == 0x80)
        {
            var binary = 0L;
            foreach (var value in field[^7..])
                binary = (binary << 8) | value;
            return binary;
        }

        var digits = field.TrimStart(" \t\n\v\f\r\0"u8);
        var number = 0L;
        var length = 0;
        while (length < digits.Length && digits[length] is >= (byte)'0' and <= (byte)'7')
            number = (number << 3) | (uint)(digits[length++] - '0');
        var isEnded = length == digits.Length || digits[length] is 0 or (byte)' ' or (>= (byte)'\t' and <= (byte)'\r');
        return isEnded && (length > 0 || digits.IsEmpty) ? number : -1;
    }
}
