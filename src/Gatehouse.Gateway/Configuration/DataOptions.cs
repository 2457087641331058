namespace Gatehouse.Gateway.Configuration;

/// <summary>The data folder.</summary>
public sealed record DataOptions
{
    /// <summary>An absolute path.</summary>
    public string Directory { get; init; } = Path.GetFullPath(Keys.DataDirectory.Default);

    internal static DataOptions Read(KeyReader reader) => reader.Folder(Keys.DataDirectory) is { } given ? new() { Directory = given } : new();
}
