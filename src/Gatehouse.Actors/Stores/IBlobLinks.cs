namespace Gatehouse.Actors;

/// <summary>A blob store that makes links of its own: whoever holds one gets the blob from the store, and no node of ours is asked.</summary>
public interface IBlobLinks
{
    /// <summary>A link to a blob that is there.</summary>
    /// <exception cref="StoreUnavailableException">The store had to be asked for it and did not answer.</exception>
    ValueTask<Uri> SignAsync(UploadId id, BlobPresentation shown, DateTimeOffset expires, CancellationToken cancellationToken);
}

/// <summary>How a link's answer presents the blob, whatever the request asks for.</summary>
/// <param name="ContentType">The type that the bytes were found to be.</param>
/// <param name="ContentDisposition"><c>attachment</c> with the file's name (RFC 6266).</param>
public sealed record BlobPresentation(string ContentType, string ContentDisposition)
{
    /// <summary>No proxy keeps a customer's file.</summary>
    public const string CacheControl = "private, no-store";
}
