namespace Gatehouse.Inspection.Jpeg;

/// <summary>Tables whose declared sizes add up to their segment, so that nothing can stand beside them.</summary>
internal static class JpegTables
{
    /// <summary>T.81, B.2.4.1: 64 elements of one or two bytes each.</summary>
    public static bool AreQuantization(ReadOnlySpan<byte> payload)
    {
        while (!payload.IsEmpty)
        {
            var (precision, destination) = (payload[0] >> 4, payload[0] & 15);
            var length = 1 + (64 * (precision + 1));
            if (precision > 1 || destination > 3 || payload.Length < length)
                return false;
            payload = payload[length..];
        }

        return true;
    }

    /// <summary>T.81, B.2.4.2: sixteen counts, then as many values; at most 256, which is every value there is.</summary>
    public static bool AreHuffman(ReadOnlySpan<byte> payload)
    {
        while (!payload.IsEmpty)
        {
            if (payload.Length < 17 || payload[0] >> 4 > 1 || (payload[0] & 15) > 3)
                return false;
            var values = 0;
            foreach (var count in payload[1..17])
                values += count;
            if (values > 256 || payload.Length < 17 + values)
                return false;
            payload = payload[(17 + values)..];
        }

        return true;
    }
}
