using System.Buffers.Binary;

namespace Gatehouse.Inspection.Pdf.Filters;

/// <summary>ASCIIHexDecode and ASCII85Decode (7.4.2, 7.4.3).</summary>
internal static class TextFilters
{
    /// <summary>Null: a byte that is neither a digit nor white space.</summary>
    public static byte[]? Hex(ReadOnlySpan<byte> raw, BoundedOutput output)
    {
        var high = -1;
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

            output.Add((byte)((high << 4) | digit));
            high = -1;
        }

        if (high >= 0)
            output.Add((byte)(high << 4));
        return output.ToArray();
    }

    /// <summary>Null: a byte that is neither a digit nor white space.</summary>
    public static byte[]? Base85(ReadOnlySpan<byte> raw, BoundedOutput output)
    {
        uint group = 0;
        var count = 0;
        if (raw.StartsWith("<~"u8))
            raw = raw[2..];
        foreach (var b in raw)
        {
            if (b == '~')
                break;
            if (b == 'z' && count == 0)
            {
                Put(output, 0, 4);
                continue;
            }

            if (PdfReader.IsSpace(b))
                continue;
            if (b is < (byte)'!' or > (byte)'u')
                return null;
            group = unchecked((group * 85) + b - '!');
            if (++count < 5)
                continue;
            Put(output, group, 4);
            (group, count) = (0, 0);
        }

        if (count > 1)
        {
            for (var i = count; i < 5; i++)
                group = unchecked((group * 85) + 84);
            Put(output, group, count - 1);
        }

        return output.ToArray();
    }

    private static void Put(BoundedOutput output, uint group, int count)
    {
        Span<byte> bytes = stackalloc byte[4];
        BinaryPrimitives.WriteUInt32BigEndian(bytes, group);
        output.Add(bytes[..count]);
    }
}
