using System.Buffers.Binary;
using System.Text;

namespace Gatehouse.Inspection.Tests.Webp;

/// <summary>Makes WebP files: simple ones, ones with a canvas and parts beside the picture, animations. Pixels are noise behind true headers.</summary>
internal static class WebpBuilder
{
    public const byte Animated = 0x02;

    public static byte[] Random(Random random)
    {
        var (width, height) = (random.Next(1, 200), random.Next(1, 200));
        if (random.Next(4) == 0)
            return Riff(RandomPicture(random, width, height));
        byte[][] chunks = random.Next(3) == 0
            ? [Animation, .. Enumerable.Range(0, random.Next(1, 4)).Select(_ => FrameOf(0, 0, width, height, Lossy(width, height, random.Next(20, 100), seed: random.Next())))]
            : [.. Beside(random, Chunk("ICCP", new byte[131])), RandomPicture(random, width, height), .. Beside(random, Chunk("EXIF", "II*\0\0\0\0\0"u8)), .. Beside(random, Chunk("XMP ", "<x:xmpmeta xmlns:x='adobe:ns:meta/' x:a='a photo'/>"u8)), .. Beside(random, Chunk("mine", [1, 2, 3]))];
        return Extended(width, height, chunks);
    }

    /// <summary>Of the canvas's flags, the one that tells of a chunk (RFC 9649, 2.7.1).</summary>
    public static byte FlagOf(byte[] chunk) => (chunk.Length < 8 ? string.Empty : Encoding.ASCII.GetString(chunk, 0, 4)) switch
    {
        "ANIM" => Animated,
        "XMP " => 0x04,
        "EXIF" => 0x08,
        "ALPH" or "VP8L" => 0x10,
        "ICCP" => 0x20,
        _ => 0,
    };

    private static byte[] RandomPicture(Random random, int width, int height) =>
        random.Next(2) == 0 ? Lossy(width, height, random.Next(20, 200), seed: random.Next()) : Lossless(width, height, random.Next(20, 200));

    private static byte[][] Beside(Random random, byte[] chunk) => random.Next(2) == 0 ? [] : [chunk];

    public static byte[] Riff(params byte[][] chunks)
    {
        byte[] form = [.. "WEBP"u8, .. chunks.SelectMany(c => c)];
        return [.. "RIFF"u8, .. Word(form.Length), .. form];
    }

    /// <summary>Behind a canvas that announces them all.</summary>
    public static byte[] Extended(int width, int height, params byte[][] chunks) =>
        Riff([Canvas(width, height, chunks.Aggregate((byte)0, (flags, chunk) => (byte)(flags | FlagOf(chunk)))), .. chunks]);

    public static byte[] Chunk(string type, ReadOnlySpan<byte> data) =>
        [.. Encoding.ASCII.GetBytes(type), .. Word(data.Length), .. data, .. new byte[data.Length % 2]];

    /// <summary>A key frame's header, then a first partition of ten bytes and noise.</summary>
    public static byte[] Lossy(int width = 20, int height = 15, int noise = 60, int partition = 10, byte flags = 0x10, int seed = 1)
    {
        var tag = flags | (partition << 5);
        return Chunk("VP8 ", [(byte)tag, (byte)(tag >> 8), (byte)(tag >> 16), 0x9D, 0x01, 0x2A, .. Half(width), .. Half(height), .. Noise(noise, seed)]);
    }

    public static byte[] Lossless(int width = 20, int height = 15, int noise = 61, int version = 0) =>
        Chunk("VP8L", [0x2F, .. Word((width - 1) | ((height - 1) << 14) | (version << 29)), .. Noise(noise, 2)]);

    public static byte[] Canvas(int width = 20, int height = 15, byte flags = 0) => Chunk("VP8X", [flags, 0, 0, 0, .. Int24(width - 1), .. Int24(height - 1)]);

    public static byte[] Animation => Chunk("ANIM", new byte[6]);

    public static byte[] FrameOf(int left, int top, int width, int height, params byte[][] chunks) =>
        Chunk("ANMF", [.. Int24(left / 2), .. Int24(top / 2), .. Int24(width - 1), .. Int24(height - 1), 100, 0, 0, 0, .. chunks.SelectMany(c => c)]);

    private static byte[] Noise(int length, int seed)
    {
        var noise = new byte[length];
        new Random(seed).NextBytes(noise);
        return noise;
    }

    private static byte[] Half(int value) => [(byte)value, (byte)(value >> 8)];

    private static byte[] Int24(int value) => [(byte)value, (byte)(value >> 8), (byte)(value >> 16)];

    private static byte[] Word(int value)
    {
        var bytes = new byte[4];
        BinaryPrimitives.WriteInt32LittleEndian(bytes, value);
        return bytes;
    }
}
