namespace Gatehouse.Inspection.Tests.Jpeg;

/// <summary>Valid files of every process: baseline, extended and progressive, one to four components, with restarts, several scans, fill bytes.</summary>
internal static class JpegSamples
{
    public static byte[] Random(Random random)
    {
        var components = new[] { 1, 3, 4 }[random.Next(3)];
        var process = random.Next(3);
        var restarts = random.Next(3) == 0;
        List<byte> file = [.. JpegBuilder.Start];
        if (random.Next(2) == 0)
            file.AddRange(JpegBuilder.App(0, "JFIF\0\x01\x01\0\0\x01\0\x01\0\0"u8));
        if (random.Next(3) == 0)
            file.AddRange(JpegBuilder.Comment("a remark"u8));
        file.AddRange(JpegBuilder.Quantization);
        file.AddRange(Frame(process, components, random));
        file.AddRange(Tables());
        if (restarts)
            file.AddRange(JpegBuilder.Segment(0xDD, [0, 1]));
        if (process == 2)
        {
            file.AddRange(Scan(Enumerable.Range(1, components), 0, 0, 0, restarts, random));
            for (var component = 1; component <= components; component++)
                file.AddRange(Scan([component], 1, 63, 0, restarts, random));
        }
        else
        {
            file.AddRange(Scan(Enumerable.Range(1, components), 0, 63, 0, restarts, random));
        }

        if (random.Next(4) == 0)
            file.Add(0xFF);
        return [.. file, .. JpegBuilder.End];
    }

    private static byte[] Frame(int process, int components, Random random) => JpegBuilder.Segment(
        (byte)(0xC0 + process),
        [8, 0, (byte)random.Next(1, 64), 0, (byte)random.Next(1, 64), (byte)components, .. Enumerable.Range(1, components).SelectMany(c => new byte[] { (byte)c, 0x11, 0 })]);

    /// <summary>Sixteen values with codes of four bits but the last, so that no code is all ones (T.81, C.2), for both kinds.</summary>
    private static byte[] Tables()
    {
        byte[] counts = [0, 0, 0, 15, .. new byte[12]];
        byte[] values = [0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 0x11, 0x12, 0x21];
        byte[] dc = [0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 0, 1, 2];
        return JpegBuilder.Segment(0xC4, [0, .. counts, .. dc, 0x10, .. counts, .. values]);
    }

    private static byte[] Scan(IEnumerable<int> components, byte from, byte to, byte approximation, bool restarts, Random random)
    {
        var list = components.ToArray();
        List<byte> scan = [.. JpegBuilder.Segment(0xDA, [(byte)list.Length, .. list.SelectMany(c => new byte[] { (byte)c, 0 }), from, to, approximation])];
        for (var restart = 0; restart < (restarts ? random.Next(1, 12) : 1); restart++)
        {
            if (restart > 0)
                scan.AddRange([0xFF, (byte)(0xD0 + ((restart - 1) & 7))]);
            for (var left = random.Next(40); left > 0; left--)
            {
                scan.Add((byte)random.Next(256));
                if (scan[^1] == 0xFF)
                    scan.Add(0);
            }
        }

        return [.. scan];
    }
}
