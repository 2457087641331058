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

    /// <summary>Not WebP's own, but read all the same: XMP as it stands in other RIFF files (XMP specification part 3, 1.2.4) or by a wrong name, and a list of texts.</summary>
    public const uint RiffXmp = 0x5F504D58; // "_PMX"
    public const uint MisnamedXmp = 0x584D5000; // "XMP\0"
    public const uint List = 0x4C495354; // "LIST"

    public static bool IsMetadata(uint type) => type is Profile or Exif or Xmp;
}
