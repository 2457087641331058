using System.Text;

namespace Gatehouse.Inspection.IsoMedia;

/// <summary>What a file says that it is (ISO/IEC 14496-12, 4.3): one of its brands is one that the validator knows.</summary>
internal static class FileBrands
{
    private const int BrandLength = 4;

    /// <summary>The standard's, MPEG-4's, and those of Apple, Microsoft, Sony, DivX, Nero and Adobe for the same files.</summary>
    public static readonly IReadOnlyList<string> Mp4 =
    [
        "isom", "iso2", "iso3", "iso4", "iso5", "iso6", "iso7", "iso8", "iso9", "mp41", "mp42", "mp71", "avc1", "hvc1", "av01", "M4V ", "M4VH", "M4VP", "MSNV", "mmp4", "dash", "cmfc",
        "f4v ", "F4V ", "XAVC", "NDSC", "NDSH", "NDSM", "NDSP", "NDSS", "NDXC", "NDXH", "NDXM", "NDXP", "NDXS", "CAEP", "pana", "niko",
    ];

    /// <summary>Pictures and sequences of pictures, of any coding and of HEVC's (ISO/IEC 23008-12, 10 and annex B).</summary>
    public static readonly IReadOnlyList<string> Pictures = ["mif1", "mif2", "msf1", "heic", "heix", "heim", "heis", "hevc", "hevx", "hevm", "hevs"];

    /// <summary>Major brand, minor version, compatible brands.</summary>
    public static Verdict.Refuse? Check(IsoFile file, IsoBox ftyp, IReadOnlyList<string> fitting)
    {
        if (ftyp.Length < 2 * BrandLength || ftyp.Length % BrandLength != 0)
            return file.Refusals.Length(ftyp.Offset);
        for (var at = ftyp.Content; at < ftyp.End; at += BrandLength)
        {
            if (at != ftyp.Content + BrandLength && fitting.Contains(Encoding.Latin1.GetString(file.Reader.Bytes(at, BrandLength)), StringComparer.Ordinal))
                return null;
        }

        return file.Refusals.Structure(ftyp.Offset, "it says that it is of a kind that is not known");
    }
}
