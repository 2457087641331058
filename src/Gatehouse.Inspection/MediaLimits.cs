namespace Gatehouse.Inspection;

/// <summary>What pictures and videos may hold beside their pixels, whatever the format: far above what cameras and programs write.</summary>
internal static class MediaLimits
{
    /// <summary>Parts that no standard and no known vendor defines, all together, in bytes: an ISO image of 50 KB hid in one.</summary>
    public const int Unknown = 64 * 1024;

    /// <summary>One description, profile or thumbnail, in bytes, as it stands and inflated.</summary>
    public const int Value = 2 * 1024 * 1024;

    /// <summary>All of those, in bytes.</summary>
    public const int Values = 8 * 1024 * 1024;

    /// <summary>Zeros behind the end, in bytes: cameras and recorders pad to a sector or a page.</summary>
    public const int Zeros = 64 * 1024;

    /// <summary>All pictures of a file together (frames, tiles, thumbnails), as a multiple of one picture's limit of pixels.</summary>
    public const int PicturesWorth = 10;
}
