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

    /// <summary>A white page as a bitmap (26 MB at 300 dpi) and a log that repeats itself stay below.</summary>
    private const long RatioCountsFrom = 32 << 20;

    /// <summary>Beside a byte's unpacking: looking through bytes takes no longer than that, an XML reader about eight times as long.</summary>
    public const int CostOfBytes = 1;
    public const int CostOfMarkup = 8;

    /// <summary>Beside its bytes, an element, its end, an attribute or a text.</summary>
    public const int CostOfNode = 64;

    /// <summary>
    /// Everything unpacked and read, also what is unpacked again for an archive inside an archive: 85 MB of XML in few pieces in any file, about half a
    /// second's work, and up to 250 MB in a large one. A workbook of 1.6 million small cells, 3.6 MB, needs nine tenths of what it has.
    /// </summary>
    private const long Work = 768L << 20;
    private const long WorkPerByte = 96;
    private const long MostWork = 2304L << 20;

    /// <summary>Extra fields and comments beyond <see cref="UsualExtra"/> a header: Office pads five headers with some 500 bytes each.</summary>
    public const long UnusualExtra = 64 * 1024;

    /// <summary>Times, owners, ZIP64 and Unicode names.</summary>
    public const int UsualExtra = 128;

    public static bool IsTooMuch(long unpacked, long packed) =>
        unpacked - packed > Growth || (unpacked > RatioCountsFrom && unpacked / Ratio > packed);

    public static long WorkFor(long fileLength) => Math.Min(Work + (WorkPerByte * fileLength), MostWork) + (4 * fileLength);
}
