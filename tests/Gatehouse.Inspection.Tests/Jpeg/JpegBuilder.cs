using System.Buffers.Binary;

namespace Gatehouse.Inspection.Tests.Jpeg;

/// <summary>Makes small baseline JPEG files: one grey component, tables, a scan with stuffing.</summary>
internal sealed record JpegBuilder
{
    public ushort Width { get; init; } = 16;

    public ushort Height { get; init; } = 16;

    /// <summary>Segments behind SOI.</summary>
    public IReadOnlyList<byte[]> Segments { get; init; } = [App(0, "JFIF\0\x01\x01\0\0\x01\0\x01\0\0"u8)];

    /// <summary>Entropy-coded data.</summary>
    public byte[] Scan { get; init; } = [0x12, 0xFF, 0x00, 0x34, 0x56];

    public byte[] Tail { get; init; } = [];

    public static byte[] Start => [0xFF, 0xD8];

    public static byte[] End => [0xFF, 0xD9];

    public static byte[] Quantization => Segment(0xDB, [0, .. Enumerable.Repeat((byte)1, 64)]);

    public static byte[] Huffman => Segment(0xC4, [0, 0, 1, .. new byte[14], 5]);

    public static byte[] ScanHeader => Segment(0xDA, [1, 1, 0, 0, 63, 0]);

    public byte[] Frame => Segment(0xC0, [8, (byte)(Height >> 8), (byte)Height, (byte)(Width >> 8), (byte)Width, 1, 1, 0x11, 0]);

    public static byte[] Segment(byte code, byte[] payload)
    {
        var length = new byte[2];
        BinaryPrimitives.WriteUInt16BigEndian(length, (ushort)(payload.Length + 2));
        return [0xFF, code, .. length, .. payload];
    }

    public static byte[] App(int number, ReadOnlySpan<byte> payload) => Segment((byte)(0xE0 + number), payload.ToArray());

    public static byte[] Comment(ReadOnlySpan<byte> text) => Segment(0xFE, text.ToArray());

    public static byte[] Xmp(string attributes, string text = "") => App(1, [
        .. "http://ns.adobe.com/xap/1.0/\0<x:xmpmeta xmlns:x='adobe:ns:meta/'><rdf:RDF xmlns:rdf='http://www.w3.org/1999/02/22-rdf-syntax-ns#' xmlns:Container='c' xmlns:Item='i' xmlns:GCamera='g'><rdf:Description "u8,
        .. System.Text.Encoding.UTF8.GetBytes($"{attributes}>{text}"),
        .. "</rdf:Description></rdf:RDF></x:xmpmeta>"u8]);

    public byte[] Build() => [.. Start, .. Segments.SelectMany(s => s), .. Quantization, .. Frame, .. Huffman, .. ScanHeader, .. Scan, .. End, .. Tail];

    public static JpegBuilder Random(Random random)
    {
        var scan = new List<byte>();
        for (var left = random.Next(20_000); left > 0; left--)
        {
            scan.Add((byte)random.Next(256));
            if (scan[^1] == 0xFF)
                scan.Add(0);
        }

        var remark = new byte[random.Next(2000)];
        remark.AsSpan().Fill((byte)random.Next('a', 'z'));
        return new JpegBuilder { Width = (ushort)random.Next(1, 4000), Height = (ushort)random.Next(1, 4000), Scan = [.. scan], Segments = [Comment(remark), App(0, "JFIF\0\x01\x01\0\0\x01\0\x01\0\0"u8)] };
    }
}
