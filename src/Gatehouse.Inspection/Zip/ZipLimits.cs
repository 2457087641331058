namespace Gatehouse.Inspection.Zip;

/// <summary>What one archive may hold and cost. Each is far above what honest archives of the largest size need.</summary>
internal static class ZipLimits
{
    public const int Entries = 4096;
    public const int NameLength = 1024;

    /// <summary>A document, its chart's workbook, and an archive around both.</summary>
    public const int Depth = 2;

    /// <summary>By how much an entry, or all of them, may be larger than they are packed.</summary>
    private const long Growth = 256L << 20;

    /// <summary>Deflate reaches 1,032; sheets and logs stay below 100, and small entries do not matter.</summary>
    private const long Ratio = 200;

    private const long RatioCountsFrom = 1 << 20;

    /// <summary>Everything inflated, also what is inflated again for an archive inside an archive.</summary>
    private const long Work = 1L << 30;

    /// <summary>Extra fields and comments beyond <see cref="UsualExtra"/> a header: Office pads five headers with some 500 bytes each.</summary>
    public const long UnusualExtra = 64 * 1024;

    /// <summary>Times, owners, ZIP64 and Unicode names.</summary>
    public const int UsualExtra = 128;

    public static bool IsTooMuch(long unpacked, long packed) =>
        unpacked - packed > Growth || (unpacked > RatioCountsFrom && unpacked / Ratio > packed);

    public static long WorkFor(long fileLength) => Work + (4 * fileLength);
}
