using System.IO.Hashing;
using System.Text;
using Gatehouse.Inspection.Tests.Compression;

namespace Gatehouse.Inspection.Tests.Png;

/// <summary>Makes PNG files of every colour type, depth, interlace and kind of block, with pixels from a seed.</summary>
internal sealed record PngBuilder
{
    private static readonly (int X, int Y, int StepX, int StepY)[] Adam7 =
        [(0, 0, 8, 8), (4, 0, 8, 8), (0, 4, 4, 8), (2, 0, 4, 4), (0, 2, 2, 4), (1, 0, 2, 2), (0, 1, 1, 2)];

    public int Width { get; init; } = 5;

    public int Height { get; init; } = 4;

    public byte Depth { get; init; } = 8;

    public byte Colour { get; init; } = 2;

    public bool IsInterlaced { get; init; }

    public DeflateKind Kind { get; init; }

    public int StoredBlock { get; init; } = 65535;

    public int DataChunk { get; init; } = 8192;

    public int Seed { get; init; } = 1;

    public byte FilterType { get; init; }

    /// <summary>Chunks between header and pixels.</summary>
    public IReadOnlyList<byte[]> Before { get; init; } = [];

    public IReadOnlyList<byte[]> After { get; init; } = [];

    public static byte[] Signature => [0x89, (byte)'P', (byte)'N', (byte)'G', 13, 10, 26, 10];

    public static byte[] End => Chunk("IEND", []);

    public static (byte Colour, byte Depth)[] ColoursAndDepths =>
        [(0, 1), (0, 2), (0, 4), (0, 8), (0, 16), (2, 8), (2, 16), (3, 1), (3, 2), (3, 4), (3, 8), (4, 8), (4, 16), (6, 8), (6, 16)];

    public static byte[] Chunk(string type, byte[] data)
    {
        byte[] covered = [.. Encoding.ASCII.GetBytes(type), .. data];
        return [.. Deflated.BigEndian((uint)data.Length), .. covered, .. Deflated.BigEndian(Crc32.HashToUInt32(covered))];
    }

    public byte[] Header() => Chunk("IHDR", [.. Deflated.BigEndian((uint)Width), .. Deflated.BigEndian((uint)Height), Depth, Colour, 0, 0, IsInterlaced ? (byte)1 : (byte)0]);

    public byte[] Rows()
    {
        var random = new Random(Seed);
        var rows = new List<byte>();
        foreach (var (x, y, stepX, stepY) in IsInterlaced ? Adam7 : [(0, 0, 1, 1)])
        {
            var width = (Width - x + stepX - 1) / stepX;
            for (var row = y; row < Height && width > 0; row += stepY)
            {
                var pixels = new byte[((width * Depth * (Colour switch { 2 => 3, 4 => 2, 6 => 4, _ => 1 })) + 7) / 8];
                random.NextBytes(pixels);
                rows.Add(FilterType);
                rows.AddRange(pixels);
            }
        }

        return [.. rows];
    }

    public byte[] Data(byte[] zlib) => [.. zlib.Chunk(DataChunk).SelectMany(part => Chunk("IDAT", part))];

    public byte[] Build() => Build(Data(Deflated.Zlib(Rows(), Kind, StoredBlock)));

    public byte[] Build(byte[] data) => [.. Signature, .. Header(), .. Palette(), .. Before.SelectMany(c => c), .. data, .. After.SelectMany(c => c), .. End];

    public static PngBuilder Random(Random random)
    {
        var (colour, depth) = ColoursAndDepths[random.Next(ColoursAndDepths.Length)];
        return new PngBuilder
        {
            Width = random.Next(1, 90),
            Height = random.Next(1, 90),
            Colour = colour,
            Depth = depth,
            IsInterlaced = random.Next(2) == 0,
            Kind = (DeflateKind)random.Next(3),
            StoredBlock = random.Next(1, 65536),
            DataChunk = random.Next(1, 20_000),
            Seed = random.Next(),
            FilterType = (byte)random.Next(5),
            Before = random.Next(2) == 0 ? [] : [Chunk("tEXt", [.. "Comment\0a plain remark"u8])],
        };
    }

    private byte[] Palette() => Colour == 3 ? Chunk("PLTE", new byte[3 << Depth]) : [];
}
