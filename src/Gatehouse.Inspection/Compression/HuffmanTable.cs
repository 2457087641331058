namespace Gatehouse.Inspection.Compression;

/// <summary>
/// Builds look-up tables of canonical Huffman codes (RFC 1951, 3.2.2): a root indexed by the next bits, and second tables for codes longer than that.
/// An entry's low byte is a code's length and flags, the next its extra bits, the upper half its value.
/// </summary>
internal static class HuffmanTable
{
    public const int LongestCode = 15;
    public const uint LengthMask = 0x1F;

    /// <summary>Anything but a literal or a base value: the flags below, or neither, where no code leads.</summary>
    public const uint Exceptional = 0x20;
    public const uint EndOfBlock = 0x40;

    /// <summary>The value is the second table's place, the extra bits its index width.</summary>
    public const uint Link = 0x80;
    public const uint Literal = 0x8000_0000;

    public static uint ExtraOf(uint entry) => (entry >> 8) & 0x0F;

    public static int ValueOf(uint entry) => (int)((entry >> 16) & 0x7FFF);

    /// <param name="lengths">Each symbol's code length; 0: it has none.</param>
    /// <param name="symbols">Each symbol's entry, without a length.</param>
    /// <param name="allowSingle">A lone code of one bit may leave the other bit unused (RFC 1951, 3.2.7, of distances); or no code at all be there.</param>
    /// <returns>False for a set of lengths that is no complete prefix code.</returns>
    public static bool TryBuild(ReadOnlySpan<byte> lengths, ReadOnlySpan<uint> symbols, int rootBits, Span<uint> table, bool allowSingle)
    {
        Span<int> counts = stackalloc int[LongestCode + 1];
        counts.Clear();
        foreach (var length in lengths)
            counts[length]++;
        var codes = lengths.Length - counts[0];
        counts[0] = 0;
        if (!IsComplete(counts) && !(allowSingle && (codes == 0 || (codes == 1 && counts[1] == 1))))
            return false;

        Span<int> places = stackalloc int[LongestCode + 2];
        places.Clear();
        for (var length = 1; length <= LongestCode; length++)
            places[length + 1] = places[length] + counts[length];
        Span<ushort> sorted = stackalloc ushort[lengths.Length];
        for (var symbol = 0; symbol < lengths.Length; symbol++)
        {
            if (lengths[symbol] != 0)
                sorted[places[lengths[symbol]]++] = (ushort)symbol;
        }

        table[..(1 << rootBits)].Fill(Exceptional | 1);
        return Fill(sorted[..codes], lengths, symbols, counts, rootBits, table);
    }

    private static bool IsComplete(ReadOnlySpan<int> counts)
    {
        var left = 1;
        for (var length = 1; length <= LongestCode; length++)
        {
            left = (left << 1) - counts[length];
            if (left < 0)
                return false;
        }

        return left == 0;
    }

    private static bool Fill(
        ReadOnlySpan<ushort> sorted, ReadOnlySpan<byte> lengths, ReadOnlySpan<uint> symbols, Span<int> remaining, int rootBits, Span<uint> table)
    {
        var next = 1 << rootBits;
        var rootMask = (uint)next - 1;
        var linkedRoot = uint.MaxValue;
        var (linkedPlace, linkedBits) = (0, 0);
        var code = 0u;
        var previous = 0;
        foreach (var symbol in sorted)
        {
            int length = lengths[symbol];
            code <<= length - previous;
            previous = length;
            var reversed = Reverse(code, length);
            var entry = symbols[symbol] | (uint)length;
            if (length <= rootBits)
            {
                Repeat(table[..(1 << rootBits)], (int)reversed, 1 << length, entry);
            }
            else
            {
                if ((reversed & rootMask) != linkedRoot)
                {
                    linkedRoot = reversed & rootMask;
                    (linkedPlace, linkedBits) = (next, WidthOfSecond(remaining, length, rootBits));
                    next += 1 << linkedBits;
                    if (next > table.Length)
                        return false;
                    table[(int)linkedRoot] = Exceptional | Link | (uint)rootBits | ((uint)linkedBits << 8) | ((uint)linkedPlace << 16);
                }

                Repeat(table.Slice(linkedPlace, 1 << linkedBits), (int)(reversed >> rootBits), 1 << (length - rootBits), entry);
            }

            remaining[length]--;
            code++;
        }

        return true;
    }

    private static void Repeat(Span<uint> table, int first, int step, uint entry)
    {
        for (var i = first; i < table.Length; i += step)
            table[i] = entry;
    }

    /// <summary>As wide as the longest code that shares the root's bits: codes are dealt out in order, so those still to come fill the second table up.</summary>
    private static int WidthOfSecond(ReadOnlySpan<int> remaining, int length, int rootBits)
    {
        var left = 1 << (length - rootBits);
        for (; length < LongestCode; length++)
        {
            left -= remaining[length];
            if (left <= 0)
                break;
            left <<= 1;
        }

        return length - rootBits;
    }

    private static uint Reverse(uint code, int length)
    {
        var reversed = 0u;
        for (var i = 0; i < length; i++)
        {
            reversed = (reversed << 1) | (code & 1);
            code >>= 1;
        }

        return reversed;
    }
}
