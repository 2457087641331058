using static Gatehouse.Inspection.Signatures.Fields;

namespace Gatehouse.Inspection.Signatures;

/// <summary>ISO base media files (ISO 14496-12, 4.3): told apart by the major brand of their "ftyp" box, pictures by the compatible ones too.</summary>
internal static class IsoMediaKinds
{
    private static readonly NamedType Heic = new("image/heic", "iPhone photo (HEIC)", "This is an iPhone photo (HEIC). Send it as JPEG.");
    private static readonly NamedType Avif = new("image/avif", "AVIF picture", "This is an AVIF picture. Save it as JPEG or PNG and send that.");
    private static readonly NamedType Heif = new("image/heif", "HEIF picture", "This is a HEIF picture. Save it as JPEG and send that.");
    private static readonly NamedType Mp4 = Film("video/mp4", "an MP4 video");
    private static readonly NamedType QuickTime = Film("video/quicktime", "a QuickTime video (MOV)");
    private static readonly NamedType Phone = Film("video/3gpp", "a phone video (3GP)");
    private static readonly NamedType M4a =
        new("audio/mp4", "M4A recording", "This is an M4A recording. Recordings cannot be sent here: write down what it says and send that.");

    private static readonly NamedType CanonRaw =
        new("image/x-canon-cr3", "camera raw picture", "This is a raw picture from a camera. Export it as JPEG and send that.");

    public static NamedType? Match(ReadOnlySpan<byte> p)
    {
        var size = BigU32(p, 0);
        if (!At(p, 4, "ftyp"u8))
            return size is 0 or 1 || (size >= 8 && p[0] < 0x20) ? QuickTime : null;
        if (size is < 16 or > 4096 || p.Length < 16)
            return null;
        var brands = p[8..(int)Math.Min(size, p.Length)];
        return Named(brands[..4]) ?? PictureByCompatible(brands) ?? (IsPictures(brands[..4]) ? Heif : Mp4);
    }

    /// <summary>Whether all of the "ftyp" box is there, and names the file so.</summary>
    public static bool IsWhole(ReadOnlySpan<byte> p, string mime) =>
        At(p, 4, "ftyp"u8) && BigU32(p, 0) <= p.Length && Match(p) is { } named && string.Equals(named.Mime, mime, StringComparison.Ordinal);

    /// <summary>Phones and Apple's programs write videos that are readable as 3GP, QuickTime or M4A too: those are what the major brand says.</summary>
    private static NamedType? PictureByCompatible(ReadOnlySpan<byte> brands)
    {
        for (var at = 8; at + 4 <= brands.Length; at += 4)
        {
            if (Named(brands.Slice(at, 4)) is { } named && (named == Heic || named == Avif || named == CanonRaw))
                return named;
        }

        return null;
    }

    /// <summary>Pictures or sequences of them whose coding only other brands tell (ISO/IEC 23008-12, 10).</summary>
    private static bool IsPictures(ReadOnlySpan<byte> brand) => brand.StartsWith("mif"u8) || brand.StartsWith("msf"u8);

    private static NamedType? Named(ReadOnlySpan<byte> brand)
    {
        if (brand.StartsWith("hei"u8) || brand.StartsWith("hev"u8))
            return Heic;
        if (brand.StartsWith("avi"u8))
            return Avif;
        if (brand.StartsWith("qt"u8))
            return QuickTime;
        if (brand.StartsWith("3g"u8))
            return Phone;
        if (brand.StartsWith("M4A"u8) || brand.StartsWith("M4B"u8))
            return M4a;
        return brand.StartsWith("crx"u8) ? CanonRaw : null;
    }

    private static NamedType Film(string mime, string name) =>
        new(mime, name[(name.IndexOf(' ', StringComparison.Ordinal) + 1)..], $"This is {name}. Videos cannot be sent here: send a picture of what it shows, or describe it in a message.");
}
