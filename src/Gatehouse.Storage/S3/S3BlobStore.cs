using System.Runtime.CompilerServices;
using Amazon;
using Amazon.Runtime;
using Amazon.S3;
using Amazon.S3.Model;
using Gatehouse.Actors;
using Gatehouse.Storage.Objects;

namespace Gatehouse.Storage.S3;

/// <summary>Blobs as objects of a bucket, by the S3 API: Amazon's, and whoever else speaks it. Any number of nodes share one.</summary>
public sealed class S3BlobStore : IBlobStore, IBlobLinks, IDisposable
{
    /// <summary>An object's own type; a link says what it gives.</summary>
    internal const string StoredType = "application/octet-stream";

    private readonly AmazonS3Client _client;
    private readonly S3Options _options;
    private readonly ObjectNames _names;
    private readonly Spool _spool;
    private readonly CountedBytes _counted = new();

    private S3BlobStore(S3Options options, Spool spool)
    {
        (_options, _spool) = (options, spool);
        _names = new ObjectNames(options.Prefix);
        var config = ConfigOf(options);
        _client = options.AccessKeyId.Length == 0 ? new AmazonS3Client(config)
            : options.SessionToken.Length == 0 ? new AmazonS3Client(new BasicAWSCredentials(options.AccessKeyId, options.SecretAccessKey), config)
            : new AmazonS3Client(new SessionAWSCredentials(options.AccessKeyId, options.SecretAccessKey, options.SessionToken), config);
    }

    /// <summary>Lists the bucket once: that counts what it holds, and shows that it is there and lets us in.</summary>
    /// <param name="spool">Its files count as held.</param>
    /// <exception cref="BlobStoreUnusableException">It is not, or does not.</exception>
    public static S3BlobStore Open(S3Options options, Spool spool)
    {
        S3BlobStore? store = null;
        try
        {
            store = new S3BlobStore(options, spool);
            store.CountAsync().GetAwaiter().GetResult();
            return store;
        }
        catch (Exception e) when (e is StoreUnavailableException or AmazonClientException)
        {
            store?.Dispose();
            throw new BlobStoreUnusableException(
                $"Blobs:Store is s3, but the bucket \"{options.Bucket}\" at {options.Endpoint?.ToString() ?? $"Amazon S3, {options.Region}"} cannot be used: {S3Calls.Said(e.InnerException ?? e)} Check Blobs:S3:Endpoint, Region, Bucket and the credentials, which need to list, get, put and delete, and to list and abort multipart uploads.",
                e);
        }
    }

    public long StoredBytes => _counted.Bytes + _spool.Bytes;

    public async ValueTask PutAsync(UploadId id, FileBytes bytes, CancellationToken cancellationToken)
    {
        if (bytes.Length > S3Multipart.PartBytes) await new S3Multipart(_client, _options.Bucket, _names.Of(id), SignsPayload).PutAsync(bytes, cancellationToken);
        else await PutWholeAsync(id, bytes, cancellationToken);
        _counted.Add(bytes.Length);
    }

    public async ValueTask<FileBytes?> OpenAsync(UploadId id, CancellationToken cancellationToken) =>
        await HeadAsync(id, cancellationToken) is { } head ? new RemoteFile(head.ContentLength, (offset, ct) => OpenAtAsync(id, offset, ct), _options.Timeout) : null;

    public async ValueTask DeleteAsync(UploadId id, CancellationToken cancellationToken)
    {
        // S3 says of no deletion how much it deleted.
        var length = (await HeadAsync(id, cancellationToken))?.ContentLength;
        if (length is null) return;
        await _client.DoAsync((s3, ct) => s3.DeleteObjectAsync(new DeleteObjectRequest { BucketName = _options.Bucket, Key = _names.Of(id) }, ct), cancellationToken);
        _counted.Add(-length.Value);
    }

    /// <inheritdoc/>
    /// <remarks>The whole bucket is listed in any case, so it is counted as well, and what dead nodes began and did not finish is given up.</remarks>
    public async IAsyncEnumerable<UploadId> ListAsync(DateTimeOffset writtenBefore, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var listing = _counted.Begin();
        var page = new ListObjectsV2Request { BucketName = _options.Bucket, Prefix = _names.Prefix };
        while (true)
        {
            var found = await _client.DoAsync((s3, ct) => s3.ListObjectsV2Async(page, ct), cancellationToken);
            foreach (var one in found.S3Objects ?? [])
            {
                if (!_names.TryParse(one.Key, out var id)) continue;
                listing.Found(one.Size ?? 0);
                if (one.LastModified?.ToUniversalTime() < writtenBefore.UtcDateTime) yield return id;
            }
            if (found.IsTruncated != true) break;
            page.ContinuationToken = found.NextContinuationToken;
        }
        listing.End();
        await S3Multipart.AbortLeftAsync(_client, _options.Bucket, _names, writtenBefore, cancellationToken);
    }

    public async ValueTask<Uri> SignAsync(UploadId id, BlobPresentation shown, DateTimeOffset expires, CancellationToken cancellationToken)
    {
        var request = new GetPreSignedUrlRequest
        {
            BucketName = _options.Bucket,
            Key = _names.Of(id),
            Verb = HttpVerb.GET,
            Protocol = IsPlain ? Protocol.HTTP : Protocol.HTTPS,
            Expires = expires.UtcDateTime,
            ResponseHeaderOverrides = { ContentType = shown.ContentType, ContentDisposition = shown.ContentDisposition, CacheControl = BlobPresentation.CacheControl },
        };
        return new Uri(await _client.DoAsync((s3, _) => s3.GetPreSignedURLAsync(request), cancellationToken));
    }

    public void Dispose() => _client.Dispose();

    private bool IsPlain => string.Equals(_options.Endpoint?.Scheme, Uri.UriSchemeHttp, StringComparison.Ordinal);

    /// <summary>TLS protects the bytes already; signing them takes another reading of the file.</summary>
    private bool SignsPayload => IsPlain;

    private async Task PutWholeAsync(UploadId id, FileBytes bytes, CancellationToken cancellationToken)
    {
        await using var whole = new FileBytesStream(bytes);
        var request = new PutObjectRequest
        {
            BucketName = _options.Bucket,
            Key = _names.Of(id),
            InputStream = whole,
            AutoCloseStream = false,
            ContentType = StoredType,
            // Not everybody who speaks S3 knows Amazon's own chunks.
            UseChunkEncoding = false,
            DisablePayloadSigning = !SignsPayload,
        };
        await _client.DoAsync((s3, ct) => s3.PutObjectAsync(request, ct), cancellationToken);
    }

    private ValueTask<GetObjectMetadataResponse?> HeadAsync(UploadId id, CancellationToken cancellationToken) =>
        _client.FindAsync((s3, ct) => s3.GetObjectMetadataAsync(new GetObjectMetadataRequest { BucketName = _options.Bucket, Key = _names.Of(id) }, ct), cancellationToken);

    private async ValueTask<Stream?> OpenAtAsync(UploadId id, long offset, CancellationToken cancellationToken) => (await _client.FindAsync(
        (s3, ct) => s3.GetObjectAsync(new GetObjectRequest { BucketName = _options.Bucket, Key = _names.Of(id), ByteRange = new ByteRange($"bytes={offset}-") }, ct), cancellationToken))?.ResponseStream;

    private async Task CountAsync()
    {
        await foreach (var _ in ListAsync(DateTimeOffset.MinValue, CancellationToken.None))
        {
            // Listing counts.
        }
    }

    private static AmazonS3Config ConfigOf(S3Options options)
    {
        var config = new AmazonS3Config
        {
            ForcePathStyle = options.PathStyle,
            Timeout = options.Timeout,
            MaxErrorRetry = options.Retries,
            // Checksums beyond what S3 asks for are Amazon's own; the file's SHA-256 is compared whenever it is read.
            RequestChecksumCalculation = RequestChecksumCalculation.WHEN_REQUIRED,
            ResponseChecksumValidation = ResponseChecksumValidation.WHEN_REQUIRED,
        };
        if (options.Endpoint is null) config.RegionEndpoint = RegionEndpoint.GetBySystemName(options.Region);
        else (config.ServiceURL, config.AuthenticationRegion) = (options.Endpoint.AbsoluteUri, options.Region);
        return config;
    }
}
