namespace Gatehouse.Storage.S3;

/// <summary>Where an S3 store is and who asks.</summary>
public sealed record S3Options
{
    /// <summary>Null: Amazon's own, of the region.</summary>
    public Uri? Endpoint { get; init; }

    public string Region { get; init; } = "";

    public required string Bucket { get; init; }

    /// <summary>What every object's name begins with, for a bucket that is shared.</summary>
    public string Prefix { get; init; } = "";

    /// <summary>The bucket stands in the path, not in the host name.</summary>
    public bool PathStyle { get; init; }

    /// <summary>Empty: the credentials that the environment gives (AWS' own variables, web identity, container, instance), which are temporary.</summary>
    public string AccessKeyId { get; init; } = "";

    public string SecretAccessKey { get; init; } = "";

    /// <summary>With temporary credentials.</summary>
    public string SessionToken { get; init; } = "";

    /// <summary>Of one request up to its answer's head, and of one read of an answer: as long as a Genesys call may take. A part is 8 MB, so a network of 140 KB/s is still fast enough.</summary>
    public TimeSpan Timeout { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>Tries beyond the first, with the SDK's own back-off: what lasts longer is the upload's matter, which is answered 503 or sent later.</summary>
    public int Retries { get; init; } = 2;

    /// <summary>How long a link that the store makes can live (AWS Signature Version 4: 7 days); zero with temporary credentials, as their links end with them.</summary>
    public TimeSpan LongestLink => AccessKeyId.Length > 0 && SessionToken.Length == 0 ? TimeSpan.FromDays(7) : TimeSpan.Zero;
}
