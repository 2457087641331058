namespace Gatehouse.Inspection.Pdf.Filters;

/// <summary>RunLengthDecode (7.4.5).</summary>
internal static class RunLength
{
    public static byte[] Decode(ReadOnlySpan<byte> raw, BoundedOutput output)
    {
        Span<byte> run = stackalloc byte[128];
        for (var at = 0; at < raw.Length && raw[at] != 128;)
        {
            var length = raw[at++];
            if (length < 128)
            {
                var count = Math.Min(length + 1, raw.Length - at);
                output.Add(raw.Slice(at, count));
                at += count;
            }
            else if (at < raw.Length)
            {
                run.Fill(raw[at++]);
                output.Add(run[..Math.Min(128, 257 - length)]);
            }
        }

        return output.ToArray();
    }
}
