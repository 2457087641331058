using System.Buffers.Binary;
using System.IO.Hashing;
using System.Text;

namespace Gatehouse.Load;

/// <summary>
/// A valid PNG (ISO/IEC 15948) of exactly a given size: random RGBA pixels in stored deflate blocks (RFC 1951, 3.2.4), the last row's rest in a text chunk. All
/// images of a size share these bytes but for another <c>tEXt</c> chunk right after the header, which numbers each one.
/// </summary>
internal sealed class PngTemplate
{
    private const int Width = 256;

    // A filter byte and 256 RGBA pixels.
    private const int RowBytes = 1 + (4 * Width);
    private const int MostStoredBytes = 65_535;
    private const int TextBytes = 40;
    private const int FillingKeyBytes = 8;
    private const int ChunkOverhead = 12;
    private const int BlockOverhead = 5;

    private readonly byte[] _start;

    public PngTemplate(int size, ulong seed)
    {
        var rows = RowsIn(size);
        _start = Start(rows);
        byte[] pixels = [.. ImageData(rows, seed), .. Chunk("IEND", [])];
        Shared = [.. Filling(size - OwnBytes - pixels.Length), .. pixels];
    }

    /// <summary>Signature, IHDR and the numbered chunk.</summary>
    public int OwnBytes => _start.Length + ChunkOverhead + TextBytes;

    /// <summary>What follows them, the same in every image.</summary>
    public byte[] Shared { get; }

    public int Size => OwnBytes + Shared.Length;

    /// <summary>Writes the bytes that image <paramref name="number"/> has of its own.</summary>
    public void WriteOwn(Span<byte> to, ulong run, long number)
    {
        _start.CopyTo(to);
        Span<char> text = stackalloc char[32];
        run.TryFormat(text, out _, "x16", System.Globalization.CultureInfo.InvariantCulture);
        number.TryFormat(text[16..], out _, "x16", System.Globalization.CultureInfo.InvariantCulture);
        Span<byte> data = stackalloc byte[TextBytes];
        "Comment\0"u8.CopyTo(data);
        Encoding.ASCII.GetBytes(text, data[8..]);
        WriteChunk(to[_start.Length..], "tEXt", data);
    }

    /// <summary>As many rows as leave room for everything around them, a filling chunk included.</summary>
    private static int RowsIn(int size)
    {
        const int around = 33 + (ChunkOverhead + TextBytes) + (ChunkOverhead + FillingKeyBytes) + (ChunkOverhead + 6) + ChunkOverhead;
        var rows = (size - around) / RowBytes;
        while ((rows * RowBytes) + (Blocks(rows * RowBytes) * BlockOverhead) > size - around)
            rows--;
        return rows;
    }

    private static int Blocks(int bytes) => (bytes + MostStoredBytes - 1) / MostStoredBytes;

    private static byte[] Filling(int bytes)
    {
        var text = new byte[bytes - ChunkOverhead];
        text.AsSpan().Fill((byte)'.');
        "Filling\0"u8.CopyTo(text);
        return Chunk("tEXt", text);
    }

    private static byte[] Start(int rows)
    {
        Span<byte> header = stackalloc byte[13];
        BinaryPrimitives.WriteInt32BigEndian(header, Width);
        BinaryPrimitives.WriteInt32BigEndian(header[4..], rows);
        header[8] = 8; // bits a sample
        header[9] = 6; // RGBA
        header[10..].Clear();
        return [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A, .. Chunk("IHDR", header)];
    }

    private static byte[] ImageData(int rows, ulong seed)
    {
        var pixels = new byte[rows * RowBytes];
        new Random(unchecked((int)seed)).NextBytes(pixels);
        for (var row = 0; row < rows; row++)
            pixels[row * RowBytes] = 0; // filter: none

        var stream = new byte[2 + pixels.Length + (BlockOverhead * Blocks(pixels.Length)) + 4];
        (stream[0], stream[1]) = (0x78, 0x01); // RFC 1950: deflate with a 32 KB window, fastest
        var at = 2;
        for (var from = 0; from < pixels.Length; from += MostStoredBytes)
        {
            var length = Math.Min(MostStoredBytes, pixels.Length - from);
            stream[at] = (byte)(from + length == pixels.Length ? 1 : 0);
            BinaryPrimitives.WriteUInt16LittleEndian(stream.AsSpan(at + 1), (ushort)length);
            BinaryPrimitives.WriteUInt16LittleEndian(stream.AsSpan(at + 3), (ushort)~length);
            pixels.AsSpan(from, length).CopyTo(stream.AsSpan(at + BlockOverhead));
            at += BlockOverhead + length;
        }

        BinaryPrimitives.WriteUInt32BigEndian(stream.AsSpan(at), Adler32(pixels));
        return Chunk("IDAT", stream);
    }

    private static byte[] Chunk(string type, ReadOnlySpan<byte> data)
    {
        var chunk = new byte[ChunkOverhead + data.Length];
        WriteChunk(chunk, type, data);
        return chunk;
    }

    private static void WriteChunk(Span<byte> to, string type, ReadOnlySpan<byte> data)
    {
        BinaryPrimitives.WriteInt32BigEndian(to, data.Length);
        Encoding.ASCII.GetBytes(type, to[4..]);
        data.CopyTo(to[8..]);
        BinaryPrimitives.WriteUInt32BigEndian(to[(8 + data.Length)..], Crc32.HashToUInt32(to[4..(8 + data.Length)]));
    }

    // RFC 1950, 9.
    private static uint Adler32(ReadOnlySpan<byte> bytes)
    {
        uint a = 1, b = 0;
        foreach (var value in bytes)
        {
            a = (a + value) % 65_521;
            b = (b + a) % 65_521;
        }

        return (b << 16) | a;
    }
}
