namespace Gatehouse.Inspection.Heic;

/// <summary>One item of a picture file (ISO/IEC 23008-12, 6): a coded picture, one derived from others, or a description.</summary>
/// <param name="Type">Its known type, or null.</param>
/// <param name="IsXml">Of type <c>mime</c>: whether it says that it is XML, as XMP is.</param>
internal sealed record PictureItem(uint Id, long Offset, string? Type, bool IsXml)
{
    /// <summary>Where its data stands in the file.</summary>
    public List<(long From, long End)> Extents { get; } = [];

    /// <summary>Of which pictures it is made, in order, by number.</summary>
    public IReadOnlyList<uint> Inputs { get; set; } = [];

    /// <summary>Some list has its properties.</summary>
    public bool HasProperties { get; set; }

    /// <summary>In pixels, as its property says.</summary>
    public (uint Width, uint Height)? Size { get; set; }

    /// <summary>It has the property that a decoder of its coding needs, or needs none.</summary>
    public bool IsConfigured { get; set; } = ConfigurationOf(Type) is null;

    /// <summary>The property that tells a decoder how a picture is coded (for HEVC 23008-12, annex B); null: it needs none.</summary>
    public static string? ConfigurationOf(string? type) => type switch
    {
        "hvc1" or "hev1" => "hvcC",
        "avc1" => "avcC",
        "vvc1" => "vvcC",
        "av01" => "av1C",
        "j2k1" => "j2kH",
        "unci" => "uncC",
        _ => null,
    };

    public bool IsPicture => Type is "hvc1" or "hev1" or "lhv1" or "grid" or "iden" or "iovl" or "tmap" or "avc1" or "vvc1" or "av01" or "jpeg" or "j2k1" or "unci";
}
