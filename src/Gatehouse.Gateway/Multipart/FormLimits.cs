namespace Gatehouse.Gateway.Multipart;

/// <summary>What a form may carry. Bytes, unless named otherwise.</summary>
public sealed record FormLimits
{
    /// <summary>The largest file; one byte more is refused.</summary>
    public required long MaxFileBytes { get; init; }

    /// <summary>Whose limit <see cref="MaxFileBytes"/> is, for the answer: <c>gatehouse</c> or <c>genesys</c>.</summary>
    public string LimitBy { get; init; } = "gatehouse";

    /// <summary>Fields that the contract does not know, and empty file inputs: read and ignored.</summary>
    public int MaxUnknownFields { get; init; } = 16;

    public int MaxFieldBytes { get; init; } = 4096;

    /// <summary>Headers of one part.</summary>
    public int MaxHeaders { get; init; } = 16;

    /// <summary>Headers of one part, line ends included.</summary>
    public int MaxHeaderBytes { get; init; } = 16 * 1024;

    /// <summary>Line ends before the first boundary, and after the last.</summary>
    public int MaxBlankBytes { get; init; } = 64;

    /// <summary>A request that declares more than this cannot hold a file inside the limit: the parts round a file are at most as many and as long as the limits above let them be.</summary>
    public long MaxRequestBytes =>
        MaxFileBytes + (MaxUnknownFields + FormFields.All.Count) * (long)(MaxFieldBytes + MaxHeaderBytes + Boundary.MaxDelimiterBytes) + 2 * MaxBlankBytes;
}
