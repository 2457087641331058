using System.Buffers.Binary;
using System.IO.Compression;
using System.IO.Hashing;
using System.Text;

namespace Gatehouse.Benchmarks.Inspection;

/// <summary>Pictures to measure with: noise in stored blocks, as the load program sends, and compressed like drawings and photographs; then texts, documents, media and archives.</summary>
internal static class InspectionSamples
{
    public static IEnumerable<InspectionSample> All()
    {
        yield return new("png stored 10 KB", Png(58, 58, CompressionLevel.NoCompression, noise: true));
        yield return new("png stored 100 KB", Png(184, 184, CompressionLevel.NoCompression, noise: true));
        yield return new("png stored 1 MB", Png(590, 590, CompressionLevel.NoCompression, noise: true));
        yield return new("png stored 5 MB", Png(1300, 1300, CompressionLevel.NoCompression, noise: true));
        yield return new("png noise 5 MB", Png(1300, 1300, CompressionLevel.Optimal, noise: true));
        yield return new("png drawing", Png(1300, 1300, CompressionLevel.Optimal, noise: false));
        yield return new("jpeg 10 KB", Jpeg(10_000));
        yield return new("jpeg 5 MB", Jpeg(5_000_000));
        foreach (var sample in TextSamples.All().Concat(PdfSamples.All()).Concat(MediaSamples.All()).Concat(ArchiveSamples.All()))
            yield return sample;
    }

    private static byte[] Png(int width, int height, CompressionLevel level, bool noise)
    {
        var random = new Random(7);
        var rows = new byte[((width * 3) + 1) * height];
        for (var i = 0; i < rows.Length; i++)
            rows[i] = (byte)(noise ? random.Next(256) : (random.Next(12) == 0 ? random.Next(16) : i / 64));
        for (var row = 0; row < height; row++)
            rows[row * ((width * 3) + 1)] = 0;
        var data = new MemoryStream();
        using (var zlib = new ZLibStream(data, level, leaveOpen: true))
            zlib.Write(rows);
        var header = new byte[13];
        BinaryPrimitives.WriteInt32BigEndian(header, width);
        BinaryPrimitives.WriteInt32BigEndian(header.AsSpan(4), height);
        (header[8], header[9]) = (8, 2);
        return [0x89, .. "PNG\r\n\x1A\n"u8, .. Chunk("IHDR", header), .. Chunk("IDAT", data.ToArray()), .. Chunk("IEND", [])];
    }

    private static byte[] Chunk(string type, byte[] data)
    {
        var chunk = new byte[data.Length + 12];
        BinaryPrimitives.WriteInt32BigEndian(chunk, data.Length);
        Encoding.ASCII.GetBytes(type, chunk.AsSpan(4));
        data.CopyTo(chunk, 8);
        BinaryPrimitives.WriteUInt32BigEndian(chunk.AsSpan(data.Length + 8), Crc32.HashToUInt32(chunk.AsSpan(4, data.Length + 4)));
        return chunk;
    }

    /// <summary>A frame, a scan of noise with its stuffing, EOI: what is walked of a photograph.</summary>
    private static byte[] Jpeg(int entropy)
    {
        var random = new Random(7);
        var scan = new List<byte>();
        while (scan.Count < entropy)
        {
            scan.Add((byte)random.Next(256));
            if (scan[^1] == 0xFF)
                scan.Add(0);
        }

        byte[] quantization = [0xFF, 0xDB, 0, 67, 0, .. Enumerable.Repeat((byte)1, 64)];
        byte[] frame = [0xFF, 0xC0, 0, 11, 8, 0x0B, 0xB8, 0x0F, 0xA0, 1, 1, 0x11, 0];
        return [0xFF, 0xD8, .. quantization, .. frame, 0xFF, 0xDA, 0, 8, 1, 1, 0, 0, 63, 0, .. scan, 0xFF, 0xD9];
    }
}
