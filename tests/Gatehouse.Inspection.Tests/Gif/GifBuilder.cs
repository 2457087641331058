using System.Text;

namespace Gatehouse.Inspection.Tests.Gif;

/// <summary>Makes GIF files: frames compressed by an encoder of their own, extensions of every kind.</summary>
internal sealed record GifBuilder
{
    public ushort Width { get; init; } = 12;

    public ushort Height { get; init; } = 9;

    public string Version { get; init; } = "GIF89a";

    /// <summary>Of the global colour table, two to this power; 0: none.</summary>
    public int TableBits { get; init; } = 4;

    /// <summary>Blocks before the frames.</summary>
    public IReadOnlyList<byte[]> Before { get; init; } = [];

    /// <summary>Null: one frame that fills the screen.</summary>
    public IReadOnlyList<byte[]>? Frames { get; init; }

    public byte[] Build() =>
    [
        .. Encoding.ASCII.GetBytes(Version), .. Half(Width), .. Half(Height), (byte)(TableBits == 0 ? 0 : 0x80 | (TableBits - 1)), 0, 0,
        .. new byte[TableBits == 0 ? 0 : 3 << TableBits], .. Before.SelectMany(b => b), .. (Frames ?? [Frame(Width, Height)]).SelectMany(f => f), 0x3B,
    ];

    public static GifBuilder Random(Random random)
    {
        var (width, height, tableBits) = (random.Next(1, 30), random.Next(1, 30), random.Next(2, 7));
        return new()
        {
            Width = (ushort)width,
            Height = (ushort)height,
            TableBits = tableBits,
            Version = random.Next(4) == 0 ? "GIF87a" : "GIF89a",
            Before = [.. new[] { Comment("a remark"u8, random.Next(1, 9)), Application("NETSCAPE2.0", [1, 0, 0]), Xmp("<x:xmpmeta xmlns:x='adobe:ns:meta/' x:a='a drawing'/>") }.Where(_ => random.Next(3) == 0)],
            Frames = [.. Enumerable.Range(0, random.Next(1, 5)).SelectMany(_ => RandomFrame(random, width, height, tableBits))],
        };
    }

    private static IEnumerable<byte[]> RandomFrame(Random random, int width, int height, int tableBits)
    {
        if (random.Next(2) == 0)
            yield return random.Next(2) == 0 ? Control() : Transparent((byte)random.Next(4));
        var localBits = random.Next(3) == 0 ? random.Next(2, 7) : 0;
        var bits = random.Next(2, (localBits == 0 ? tableBits : localBits) + 1);
        yield return Frame(random.Next(1, width + 1), random.Next(1, height + 1), random.Next(4), random.Next(4), bits, random.Next(), localBits, random.Next(1, 256));
    }

    public static byte[] Frame(int width, int height, int left = 0, int top = 0, int bits = 4, int seed = 1, int localBits = 0, int blockLength = 255) =>
        [.. Descriptor(width, height, left, top, localBits), (byte)bits, .. Blocks(Lzw(Pixels(width * height, bits, seed), bits), blockLength)];

    public static byte[] Descriptor(int width, int height, int left = 0, int top = 0, int localBits = 0) =>
        [0x2C, .. Half(left), .. Half(top), .. Half(width), .. Half(height), (byte)(localBits == 0 ? 0 : 0x80 | (localBits - 1)), .. new byte[localBits == 0 ? 0 : 3 << localBits]];

    public static byte[] Comment(ReadOnlySpan<byte> text, int blockLength = 255) => [0x21, 0xFE, .. Blocks(text.ToArray(), blockLength)];

    public static byte[] Application(string name, ReadOnlySpan<byte> data) => [0x21, 0xFF, 11, .. Encoding.ASCII.GetBytes(name), .. Blocks(data.ToArray(), 255)];

    /// <summary>As XMP part 3 stores it: without lengths, led out by falling numbers.</summary>
    public static byte[] Xmp(string xmp) =>
        [0x21, 0xFF, 11, .. "XMP DataXMP"u8, .. Encoding.UTF8.GetBytes(xmp), 1, .. Enumerable.Range(0, 256).Select(i => (byte)(255 - i)), 0];

    public static byte[] Control(byte length = 4) => [0x21, 0xF9, length, .. new byte[length], 0];

    public static byte[] Transparent(byte colour) => [0x21, 0xF9, 4, 1, 0, 0, colour, 0];

    public static byte[] Blocks(byte[] data, int blockLength) => [.. data.Chunk(blockLength).SelectMany(c => (byte[])[(byte)c.Length, .. c]), 0];

    /// <summary>Runs and noise, so that the table fills and repeats.</summary>
    public static byte[] Pixels(int count, int bits, int seed)
    {
        var random = new Random(seed);
        var pixels = new byte[count];
        for (var at = 0; at < count;)
        {
            var run = Math.Min(count - at, random.Next(1, 60));
            pixels.AsSpan(at, run).Fill((byte)random.Next(1 << bits));
            at += run;
        }

        return pixels;
    }

    /// <summary>Appendix F, with a clear code when the table is full.</summary>
    public static byte[] Lzw(byte[] pixels, int bits, bool withEnd = true, bool clearsFullTable = true)
    {
        var (clear, end) = (1 << bits, (1 << bits) + 1);
        var writer = new CodeWriter();
        var table = new Dictionary<(int, byte), int>();
        var (next, length, prefix) = (end + 1, bits + 1, -1);
        writer.Add(clear, length);
        foreach (var pixel in pixels)
        {
            if (prefix < 0)
            {
                prefix = pixel;
                continue;
            }

            if (table.TryGetValue((prefix, pixel), out var code))
            {
                prefix = code;
                continue;
            }

            writer.Add(prefix, length);
            prefix = pixel;
            if (next < 4096)
            {
                table[(writer.Last, pixel)] = next;
                if (next == 1 << length && length < 12)
                    length++;
                next++;
            }
            else if (clearsFullTable)
            {
                writer.Add(clear, length);
                table.Clear();
                (next, length) = (end + 1, bits + 1);
            }
        }

        writer.Add(prefix, length);
        if (next == 1 << length && length < 12)
            length++;
        if (withEnd)
            writer.Add(end, length);
        return writer.ToArray();
    }

    private static byte[] Half(int value) => [(byte)value, (byte)(value >> 8)];

    private sealed class CodeWriter
    {
        private readonly List<byte> _bytes = [];
        private int _bits;
        private int _count;

        public int Last { get; private set; }

        public void Add(int code, int length)
        {
            Last = code;
            _bits |= code << _count;
            for (_count += length; _count >= 8; _count -= 8, _bits >>= 8)
                _bytes.Add((byte)_bits);
        }

        public byte[] ToArray() => _count > 0 ? [.. _bytes, (byte)_bits] : [.. _bytes];
    }
}
