using System.Text;

namespace Gatehouse.Inspection.IsoMedia;

/// <summary>What a file says that it is (ISO/IEC 14496-12, 4.3): one of its brands is one that the validator knows.</summary>
internal static class FileBrands
{
    private const int BrandLength = 4;

    /// <summary>The standard's, MPEG-4's, and those of Apple, Microsoft, Sony, DivX, Nero and Adobe for the same files.</summary>
    private static readonly IReadOnlyList<string> Mp4 =
    [
        "isom", "iso2", "iso3", "iso4", "iso5", "iso6", "iso7", "iso8", "iso9", "mp41", "mp42", "mp71", "avc1", "hvc1", "av01", "M4V ", "M4VH", "M4VP", "MSNV", "mmp4", "dash", "cmfc",
        "f4v ", "F4V ", "XAVC", "NDSC", "NDSH", "NDSM", "NDSP", "NDSS", "NDXC", "NDXH", "NDXM", "NDXP", "NDXS", "CAEP", "pana", "niko",
    ];

    /// <summary>Pictures and sequences of pictures, of any coding and of HEVC's (ISO/IEC 23008-12, 10 and annex B).</summary>
    private static readonly IReadOnlyList<string> Pictures = ["mif1", "mif2", "msf1", "heic", "heix", "heim", "heis", "hevc", "hevx", "hevm", "hevs"];

    /// <summary>A video's: the major brand, or one that it is compatible with.</summary>
    public static Verdict.Refuse? CheckVideo(IsoFile file, IsoBox ftyp) => Check(file, ftyp, Mp4, ftyp.Content);

    /// <summary>
    /// A picture's: one that it is compatible with, whatever its major brand, which is listed there once more (23008-12, 10; the registration of image/heic asks for the
    /// same). Readers look nowhere else.
    /// </summary>
    public static Verdict.Refuse? CheckPicture(IsoFile file, IsoBox ftyp) => Check(file, ftyp, Pictures, ftyp.Content + (2 * BrandLength));

    /// <summary>Major brand, minor version, compatible brands.</summary>
    private static Verdict.Refuse? Check(IsoFile file, IsoBox ftyp, IReadOnlyList<string> fitting, long from)
    {
        if (ftyp.Length < 2 * BrandLength || ftyp.Length % BrandLength != 0)
            return file.Refusals.Length(ftyp.Offset);
        for (var at = from; at < ftyp.End; at += BrandLength)
        {
            if (at != ftyp.Content + BrandLength && fitting.Contains(Encoding.Latin1.GetString(file.Reader.Bytes(at, BrandLength)), StringComparer.Ordinal))
                return null;
        }

        return file.Refusals.Structure(ftyp.Offset, "it says that it is of a kind that is not known");
    }
}
