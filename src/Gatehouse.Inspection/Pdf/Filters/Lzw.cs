namespace Gatehouse.Inspection.Pdf.Filters;

/// <summary>LZWDecode (7.4.4): codes of 9 to 12 bits, most significant bit first.</summary>
internal static class Lzw
{
    private const int Clear = 256;
    private const int EndOfData = 257;
    private const int Codes = 4096;

    /// <summary>Null: a code that stands for nothing yet.</summary>
    public static byte[]? Decode(ReadOnlySpan<byte> raw, int earlyChange, BoundedOutput output)
    {
        var prefix = new short[Codes];
        var suffix = new byte[Codes];
        Span<byte> sequence = stackalloc byte[Codes];
        int next = 258, width = 9, previous = -1, bits = 0, bitCount = 0;
        byte first = 0;
        foreach (var b in raw)
        {
            bits = (bits << 8) | b;
            bitCount += 8;
            if (bitCount < width)
                continue;
            bitCount -= width;
            var code = (bits >> bitCount) & ((1 << width) - 1);
            bits &= (1 << bitCount) - 1;
            if (code == EndOfData)
                break;
            if (code == Clear)
            {
                (next, width, previous) = (258, 9, -1);
                continue;
            }

            if (code > next || (code == next && previous < 0))
                return null;
            var at = sequence.Length;
            var walk = code == next ? previous : code;
            if (code == next)
                sequence[--at] = first;
            for (; walk >= 258; walk = prefix[walk])
                sequence[--at] = suffix[walk];
            first = (byte)walk;
            sequence[--at] = first;
            output.Add(sequence[at..]);
            if (previous >= 0 && next < Codes)
            {
                prefix[next] = (short)previous;
                suffix[next++] = first;
                width = (next + earlyChange) switch { >= 2048 => 12, >= 1024 => 11, >= 512 => 10, _ => 9 };
            }

            previous = code;
        }

        return output.ToArray();
    }
}
