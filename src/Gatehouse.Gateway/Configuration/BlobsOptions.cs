namespace Gatehouse.Gateway.Configuration;

/// <summary>Where files above 256 KB are kept.</summary>
public sealed record BlobsOptions
{
    public const string Disk = "disk";

    /// <summary>In the database of the state.</summary>
    public const string Postgres = "postgres";

    public string Store { get; init; } = Keys.BlobStore.Default;

    internal static BlobsOptions Read(KeyReader reader) => new() { Store = reader.Choice(Keys.BlobStore) };
}
