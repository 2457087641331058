using System.Buffers.Binary;
using System.IO.Compression;

namespace Gatehouse.Inspection.Tests.Compression;

public enum DeflateKind
{
    Stored,
    Fixed,
    Dynamic,
}

/// <summary>Makes zlib streams of one kind of block: stored and fixed ones by hand, dynamic ones with the framework's encoder.</summary>
internal static class Deflated
{
    public static byte[] Zlib(byte[] data, DeflateKind kind, int storedBlock = 65535) =>
        kind == DeflateKind.Dynamic ? Framework(data, CompressionLevel.SmallestSize) : [0x78, 0x01, .. Raw(data, kind, storedBlock), .. BigEndian(Adler(data))];

    public static byte[] Framework(byte[] data, CompressionLevel level)
    {
        var stream = new MemoryStream();
        using (var zlib = new ZLibStream(stream, level, leaveOpen: true))
            zlib.Write(data);
        return stream.ToArray();
    }

    public static uint Adler(byte[] data)
    {
        var (a, b) = (1u, 0u);
        foreach (var value in data)
        {
            a = (a + value) % 65521;
            b = (b + a) % 65521;
        }

        return (b << 16) | a;
    }

    public static byte[] BigEndian(uint value)
    {
        var bytes = new byte[4];
        BinaryPrimitives.WriteUInt32BigEndian(bytes, value);
        return bytes;
    }

    private static byte[] Raw(byte[] data, DeflateKind kind, int storedBlock) => kind == DeflateKind.Stored ? Stored(data, storedBlock) : FixedLiterals(data);

    private static byte[] Stored(byte[] data, int block)
    {
        var bytes = new List<byte>();
        var at = 0;
        do
        {
            var part = data[at..Math.Min(at + block, data.Length)];
            at += part.Length;
            bytes.Add(at == data.Length ? (byte)1 : (byte)0);
            bytes.AddRange([(byte)part.Length, (byte)(part.Length >> 8), (byte)~part.Length, (byte)(~part.Length >> 8)]);
            bytes.AddRange(part);
        }
        while (at < data.Length);
        return [.. bytes];
    }

    private static byte[] FixedLiterals(byte[] data)
    {
        var bits = new BitWriter();
        bits.Write(0b011, 3);
        foreach (var value in data)
            bits.WriteCode(value < 144 ? 0x30 + value : 0x190 + value - 144, value < 144 ? 8 : 9);
        bits.WriteCode(0, 7);
        return bits.ToArray();
    }
}
