using System.Buffers.Binary;

namespace Gatehouse.Inspection.Png;

/// <summary>What IHDR says (PNG 3rd ed., 11.2.1).</summary>
internal readonly record struct PngHeader(uint Width, uint Height, byte BitDepth, byte ColourType, bool IsInterlaced)
{
    public const int Length = 13;
    public const byte Indexed = 3;

    /// <summary>A four byte integer's largest value (7.1).</summary>
    private const uint Largest = int.MaxValue;

    public bool IsGreyscale => ColourType is 0 or 4;

    private int BitsPerPixel => BitDepth * (ColourType switch { 2 => 3, 4 => 2, 6 => 4, _ => 1 });

    /// <summary>Null: no PNG has such a header.</summary>
    public static PngHeader? Read(ReadOnlySpan<byte> data)
    {
        var header = new PngHeader(
            BinaryPrimitives.ReadUInt32BigEndian(data), BinaryPrimitives.ReadUInt32BigEndian(data[4..]), data[8], data[9], data[12] == 1);
        var isSane = header.Width is > 0 and <= Largest && header.Height is > 0 and <= Largest && HasKnownDepth(data[9], data[8])
            && data[10] == 0 && data[11] == 0 && data[12] <= 1;
        return isSane ? header : null;
    }

    /// <summary>The bytes of one row of so many pixels, without its filter type (7.2).</summary>
    public long RowBytes(uint width) => (((long)width * BitsPerPixel) + 7) / 8;

    /// <summary>Table 12: the depths that each colour type allows.</summary>
    private static bool HasKnownDepth(byte colourType, byte depth) => colourType switch
    {
        0 => depth is 1 or 2 or 4 or 8 or 16,
        Indexed => depth is 1 or 2 or 4 or 8,
        2 or 4 or 6 => depth is 8 or 16,
        _ => false,
    };
}
