namespace Gatehouse.Inspection.Pdf;

/// <summary>What one file may cost. Each is far above what honest files of the largest size need.</summary>
internal static class PdfLimits
{
    public const int Depth = 64;
    public const int Objects = 300_000;

    /// <summary>Names, numbers, strings in one object: the widths of every CID are 65,536.</summary>
    public const int Values = 250_000;

    /// <summary>Bytes of objects whose values are kept from the first reading for the later ones: all of a small file's.</summary>
    public const int KeptBytes = 32 * 1024;

    /// <summary>Pictures in base64, in values of forms, take more than one megabyte.</summary>
    public const int StringLength = 4 << 20;

    public const int NameLength = 1024;

    /// <summary>One decoded stream; object streams hold at most a few hundred KB in files that people make.</summary>
    public const int DecodedStream = 8 << 20;

    /// <summary>All decoded streams of a file together.</summary>
    public const long DecodedTotal = 64L << 20;

    public const int Filters = 8;
    public const int Pages = 50_000;
    public const int XrefSections = 1024;

    /// <summary>Beside the file's own length, bytes that are read where a cross-reference leads to what the walk has not found.</summary>
    public const long ProbedBytes = 16L << 20;

    /// <summary>Bytes between objects that are neither white space, comment nor a known section.</summary>
    public const long StrayBytes = 4096;
}

/// <summary>Raised where a file exceeds a limit: nothing more can be said about it, and every caller up to the validator would only pass it on.</summary>
internal sealed class PdfLimitException(string reason, long offset) : Exception(reason)
{
    public string Reason { get; } = reason;

    public long Offset { get; } = offset;
}
