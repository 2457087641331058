namespace Gatehouse.Inspection.Webp;

/// <summary>Chunk types (RFC 9649, section 2.3 and 2.5 to 2.7): four characters, read as a big-endian number.</summary>
internal static class WebpChunk
{
    public const uint Lossy = 0x56503820; // "VP8 "
    public const uint Lossless = 0x5650384C; // "VP8L"
    public const uint Extended = 0x56503858; // "VP8X"
    public const uint Alpha = 0x414C5048; // "ALPH"
    public const uint Animation = 0x414E494D; // "ANIM"
    public const uint Frame = 0x414E4D46; // "ANMF"
    public const uint Profile = 0x49434350; // "ICCP"
    public const uint Exif = 0x45584946; // "EXIF"
    public const uint Xmp = 0x584D5020; // "XMP "

    public static bool IsMetadata(uint type) => type is Profile or Exif or Xmp;
}
