namespace Gatehouse.Inspection.Pdf.Filters;

/// <summary>ASCIIHexDecode and ASCII85Decode (7.4.2, 7.4.3): both make fewer bytes than they read.</summary>
internal static class TextFilters
{
    /// <summary>Null: a byte that is neither a digit nor white space.</summary>
    public static byte[]? Hex(ReadOnlySpan<byte> raw)
    {
        var output = new byte[(raw.Length / 2) + 1];
        int length = 0, high = -1;
        foreach (var b in raw)
        {
            if (b == '>')
                break;
            if (PdfReader.IsSpace(b))
                continue;
            var digit = PdfStrings.Hex(b);
            if (digit < 0)
                return null;
            if (high < 0)
            {
                high = digit;
                continue;
            }

            output[length++] = (byte)((high << 4) | digit);
            high = -1;
        }

        if (high >= 0)
            output[length++] = (byte)(high << 4);
        return output[..length];
    }

    /// <summary>Null: a byte that is neither a digit nor white space.</summary>
    public static byte[]? Base85(ReadOnlySpan<byte> raw)
    {
        // "z" stands for four zero bytes.
        var output = new byte[(raw.Length * 4) + 4];
        uint group = 0;
        int count = 0, length = 0;
        if (raw.StartsWith("<~"u8))
            raw = raw[2..];
        foreach (var b in raw)
        {
            if (b == '~')
                break;
            if (b == 'z' && count == 0)
            {
                length += 4;
                continue;
            }

            if (PdfReader.IsSpace(b))
                continue;
            if (b is < (byte)'!' or > (byte)'u')
                return null;
            group = unchecked((group * 85) + b - '!');
            if (++count < 5)
                continue;
            length += Put(output.AsSpan(length), group, 4);
            (group, count) = (0, 0);
        }

        if (count > 1)
        {
            for (var i = count; i < 5; i++)
                group = unchecked((group * 85) + 84);
            length += Put(output.AsSpan(length), group, count - 1);
        }

        return output[..length];
    }

    private static int Put(Span<byte> output, uint group, int count)
    {
        for (var i = 0; i < count; i++)
            output[i] = (byte)(group >> (24 - (8 * i)));
        return count;
    }
}
