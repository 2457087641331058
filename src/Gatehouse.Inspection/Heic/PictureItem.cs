namespace Gatehouse.Inspection.Heic;

/// <summary>One item of a picture file (ISO/IEC 23008-12, 6): a coded picture, one derived from others, or a description.</summary>
/// <param name="Type">Its known type, or null.</param>
/// <param name="IsXmp">Of type <c>mime</c>: whether it is XMP.</param>
internal sealed record PictureItem(uint Id, long Offset, string? Type, bool IsXmp)
{
    /// <summary>Where its data stands in the file.</summary>
    public List<(long From, long End)> Extents { get; } = [];

    /// <summary>How many pictures it is made of.</summary>
    public int Inputs { get; set; }

    /// <summary>In pixels, as its property says.</summary>
    public (uint Width, uint Height)? Size { get; set; }

    public bool IsPicture => Type is "hvc1" or "hev1" or "lhv1" or "grid" or "iden" or "iovl" or "tmap" or "avc1" or "vvc1" or "av01" or "jpeg" or "j2k1" or "unci";
}
