namespace Gatehouse.Gateway.Configuration;

/// <summary>The data folder.</summary>
public sealed record DataOptions
{
    /// <summary>An absolute path.</summary>
    public string Directory { get; init; } = Path.GetFullPath(Keys.DataDirectory.Default);

    internal static DataOptions Read(KeyReader reader)
    {
        var given = reader.Text(Keys.DataDirectory);
        if (!given.Contains('\0', StringComparison.Ordinal)) return new() { Directory = Path.GetFullPath(given) };
        reader.Refuse(Keys.DataDirectory, "it must be a folder's path");
        return new();
    }
}
