using Gatehouse.Inspection.Text;

namespace Gatehouse.Inspection.Metadata;

/// <summary>Where EXIF begins: with the TIFF header of its byte order, behind "Exif" and two bytes, and for some readers behind something else before.</summary>
internal static class ExifHeader
{
    private const int NameLength = 6;

    /// <summary>Readers look no further for the name.</summary>
    private const int MostBefore = 4;

    private static ReadOnlySpan<byte> Name => "Exif\0"u8;

    /// <summary>Whether a segment or an item is EXIF for any reader.</summary>
    public static bool IsNamed(ReadOnlySpan<byte> bytes) => NameIn(bytes) >= 0;

    /// <summary>Whether it is where it must be.</summary>
    public static bool IsAt(ReadOnlySpan<byte> bytes) => IsTiff(bytes) || NameIn(bytes) == 0;

    /// <summary>From the TIFF header on; all of it where none is found.</summary>
    public static ReadOnlySpan<byte> Skip(ReadOnlySpan<byte> bytes)
    {
        var name = NameIn(bytes);
        var tiff = name >= 0 && name + NameLength <= bytes.Length ? bytes[(name + NameLength)..] : bytes;
        if (IsTiff(tiff))
            return tiff;
        var (little, big) = ((uint)bytes.IndexOf("II*\0"u8), (uint)bytes.IndexOf("MM\0*"u8));
        return Math.Min(little, big) is var at && at < bytes.Length ? bytes[(int)at..] : tiff;
    }

    private static bool IsTiff(ReadOnlySpan<byte> bytes) => bytes.StartsWith("II"u8) || bytes.StartsWith("MM"u8);

    private static int NameIn(ReadOnlySpan<byte> bytes) => Spelling.IndexOf(bytes[..Math.Min(bytes.Length, MostBefore + Name.Length)], Name);
}
