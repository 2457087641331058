namespace Gatehouse.Gateway.Configuration;

/// <summary>Files that are larger than a route carries.</summary>
public sealed record LargeFilesOptions
{
    /// <summary>The largest file that goes as a link; 0: none does.</summary>
    public long MaxFileBytes { get; init; }

    internal static LargeFilesOptions Read(KeyReader reader) => new() { MaxFileBytes = reader.Number(Keys.LargeFileBytes) };
}
