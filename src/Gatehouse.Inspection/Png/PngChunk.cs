namespace Gatehouse.Inspection.Png;

/// <summary>Chunk types (PNG 3rd ed., 5.4): four letters, read as a big-endian number.</summary>
internal static class PngChunk
{
    public const uint Header = 0x49484452; // IHDR
    public const uint Palette = 0x504C5445; // PLTE
    public const uint Data = 0x49444154; // IDAT
    public const uint End = 0x49454E44; // IEND
    public const uint Apple = 0x43674249; // CgBI
    public const uint Text = 0x74455874; // tEXt
    public const uint CompressedText = 0x7A545874; // zTXt
    public const uint InternationalText = 0x69545874; // iTXt
    public const uint Profile = 0x69434350; // iCCP
    public const uint Exif = 0x65584966; // eXIf
    public const uint CompressedExif = 0x7A784966; // zxIf, which was proposed and never became one
    public const uint AnimationControl = 0x6163544C; // acTL
    public const uint FrameControl = 0x6663544C; // fcTL
    public const uint FrameData = 0x66644154; // fdAT

    /// <summary>The first letter's case tells (5.4).</summary>
    public static bool IsCritical(uint type) => (type & 0x2000_0000) == 0;

    public static bool IsText(uint type) => type is Text or CompressedText or InternationalText or Profile or Exif;

    public static bool IsLetters(uint type)
    {
        for (var shift = 0; shift < 32; shift += 8)
        {
            if (!char.IsAsciiLetter((char)(byte)(type >> shift)))
                return false;
        }

        return true;
    }
}
