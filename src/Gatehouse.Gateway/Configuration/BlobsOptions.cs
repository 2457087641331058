using Gatehouse.Storage.Azure;
using Gatehouse.Storage.S3;

namespace Gatehouse.Gateway.Configuration;

/// <summary>Where files above 256 KB are kept.</summary>
public sealed record BlobsOptions
{
    public const string Disk = "disk";

    /// <summary>In the database of the state.</summary>
    public const string Postgres = "postgres";

    public const string S3 = "s3";

    public const string Azure = "azure";

    public string Store { get; init; } = Keys.BlobStore.Default;

    /// <summary>Null: the store is another.</summary>
    public S3Options? Bucket { get; init; }

    /// <summary>Null: the store is another.</summary>
    public AzureOptions? Container { get; init; }

    /// <summary>The longest life of a link that the store makes itself; null: it makes none.</summary>
    public TimeSpan? LongestLink => Bucket?.LongestLink ?? Container?.LongestLink;

    internal static BlobsOptions Read(KeyReader reader)
    {
        var store = reader.Choice(Keys.BlobStore);
        return new() { Store = store, Bucket = store is S3 ? S3Settings.Read(reader) : null, Container = store is Azure ? AzureSettings.Read(reader) : null };
    }
}
