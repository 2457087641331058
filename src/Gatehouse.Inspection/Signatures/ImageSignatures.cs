using static Gatehouse.Inspection.Signatures.Fields;

namespace Gatehouse.Inspection.Signatures;

/// <summary>Pictures that are not PNG or JPEG.</summary>
internal static class ImageSignatures
{
    private static readonly NamedType Gif = new("image/gif", "GIF picture", "This is a GIF picture. Send it as PNG or JPEG.");
    private static readonly NamedType Webp = new("image/webp", "WebP picture", "This is a WebP picture. Save it as JPEG or PNG and send that.");
    private static readonly NamedType Bmp = new("image/bmp", "Windows bitmap", "This is a Windows bitmap (BMP). Save it as PNG and send that.");
    private static readonly NamedType Tiff = new("image/tiff", "TIFF picture", "This is a TIFF picture or scan. Save it as PDF or JPEG and send that.");
    private static readonly NamedType Icon = new("image/x-icon", "icon", "This is an icon (ICO). Save it as PNG and send that.");
    private static readonly NamedType Photoshop =
        new("image/vnd.adobe.photoshop", "Photoshop picture", "This is a Photoshop file (PSD). Export it as JPEG or PNG and send that.");

    private static readonly NamedType JpegXl = new("image/jxl", "JPEG XL picture", "This is a JPEG XL picture. Save it as JPEG and send that.");
    private static readonly NamedType Jpeg2000 = new("image/jp2", "JPEG 2000 picture", "This is a JPEG 2000 picture. Save it as JPEG and send that.");
    private static readonly NamedType DjVu = new("image/vnd.djvu", "DjVu document", "This is a scanned document (DjVu). Save it as PDF and send that.");
    private static readonly NamedType Metafile = new("image/wmf", "Windows metafile", "This is a Windows metafile (WMF or EMF). Save it as PNG and send that.");
    private static readonly NamedType AutoCad = new("image/vnd.dwg", "AutoCAD drawing", "This is an AutoCAD drawing (DWG). Export it as PDF and send that.");

    public static NamedType? Match(ReadOnlySpan<byte> p) => p[0] switch
    {
        (byte)'G' when (At(p, 0, "GIF87a"u8) || At(p, 0, "GIF89a"u8)) && p.Length > 6 => Gif,
        (byte)'R' when At(p, 0, "RIFF"u8) && At(p, 8, "WEBPVP8"u8) => Webp,
        (byte)'B' when IsBitmap(p) => Bmp,
        (byte)'I' when At(p, 0, "II*\0"u8) || At(p, 0, "II+\0"u8) => Tiff,
        (byte)'M' when At(p, 0, "MM\0*"u8) || At(p, 0, "MM\0+"u8) => Tiff,
        0 when IsIcon(p) => Icon,
        0 when At(p, 0, [0, 0, 0, 0x0C, .. "jP  \r\n"u8]) => Jpeg2000,
        0 when At(p, 0, [0, 0, 0, 0x0C, .. "JXL \r\n"u8]) => JpegXl,
        0xFF when At(p, 1, [0x4F, 0xFF, 0x51, 0]) => Jpeg2000,
        (byte)'8' when At(p, 0, "8BPS\0\u0001"u8) || At(p, 0, "8BPS\0\u0002"u8) => Photoshop,
        (byte)'A' when At(p, 0, "AT&TFORM"u8) && At(p, 12, "DJV"u8) => DjVu,
        (byte)'A' when At(p, 0, "AC10"u8) && p.Length > 11 && p[6..11].IndexOfAnyExcept((byte)0) < 0 => AutoCad,
        0xD7 when At(p, 1, [0xCD, 0xC6, 0x9A]) => Metafile,
        0x01 when At(p, 1, [0, 0, 0]) && At(p, 40, " EMF"u8) => Metafile,
        _ => null,
    };

    /// <summary>The reserved fields are 0, the header has one of its known sizes and one plane, and the pixels begin after it.</summary>
    private static bool IsBitmap(ReadOnlySpan<byte> p) =>
        At(p, 0, "BM"u8) && U32(p, 6) == 0 && U32(p, 14) is 12 or 16 or 40 or 52 or 56 or 64 or 108 or 124 && U32(p, 10) >= 26 && p.Length >= 26;

    private static bool IsIcon(ReadOnlySpan<byte> p) =>
        (At(p, 0, [0, 0, 1, 0]) || At(p, 0, [0, 0, 2, 0])) && U16(p, 4) is > 0 and < 256 && U8(p, 9) == 0
        && U32(p, 14) > 0 && U32(p, 18) >= 22 && p.Length >= 22;
}
