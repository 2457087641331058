namespace Gatehouse.Inspection.Jpeg;

/// <summary>Tables whose declared sizes add up to their segment, so that nothing can stand beside them.</summary>
internal static class JpegTables
{
    /// <summary>T.81, B.2.4.1: 64 elements of one or two bytes each.</summary>
    public static bool AreQuantization(ReadOnlySpan<byte> payload)
    {
        while (!payload.IsEmpty)
        {
            if (payload[0] >> 4 > 1 || (payload[0] & 15) > 3 || payload.Length < QuantizationLength(payload))
                return false;
            payload = payload[QuantizationLength(payload)..];
        }

        return true;
    }

    /// <summary>Of the first table of a segment that holds a whole one.</summary>
    public static int QuantizationLength(ReadOnlySpan<byte> payload) => 1 + (64 * ((payload[0] >> 4) + 1));

    /// <summary>T.81, B.2.4.2: sixteen counts, then as many values; at most 256, which is every value there is.</summary>
    public static bool AreHuffman(ReadOnlySpan<byte> payload)
    {
        while (!payload.IsEmpty)
        {
            if (payload.Length < 17 || payload[0] >> 4 > 1 || (payload[0] & 15) > 3)
                return false;
            var length = HuffmanLength(payload);
            if (length > 17 + 256 || payload.Length < length || !AreCodes(payload[1..17]))
                return false;
            // Differences have at most 15 bits (F.1.2.1).
            if (payload[0] >> 4 == 0 && payload[17..length].IndexOfAnyExceptInRange((byte)0, (byte)15) >= 0)
                return false;
            payload = payload[length..];
        }

        return true;
    }

    public static int HuffmanLength(ReadOnlySpan<byte> payload)
    {
        var length = 17;
        foreach (var count in payload[1..17])
            length += count;
        return length;
    }

    /// <summary>T.81, B.2.4.3: pairs of a destination and bounds (DC) or a threshold (AC), at most one for each of eight destinations.</summary>
    public static bool AreConditioning(ReadOnlySpan<byte> payload)
    {
        if (payload.Length % 2 != 0 || payload.Length > 2 * 8)
            return false;
        for (var i = 0; i < payload.Length; i += 2)
        {
            var (kind, value) = (payload[i] >> 4, payload[i + 1]);
            if ((payload[i] & 15) > 3 || !(kind == 0 ? (value & 15) <= value >> 4 : kind == 1 && value is >= 1 and <= 63))
                return false;
        }

        return true;
    }

    /// <summary>C.2: codes grow with their length, and none is all ones.</summary>
    private static bool AreCodes(ReadOnlySpan<byte> counts)
    {
        var code = 0;
        for (var i = 0; i < counts.Length; i++)
        {
            code += counts[i];
            if (counts[i] > 0 && code >= 2 << i)
                return false;
            code <<= 1;
        }

        return true;
    }
}
