using Amazon.S3;
using Amazon.S3.Model;
using Gatehouse.Actors;
using Gatehouse.Storage.Objects;

namespace Gatehouse.Storage.S3;

/// <summary>A large file in parts, one after the other: what is repeated after a fault is a part and not the file. It is there when the last call returns, whole or not at all.</summary>
internal sealed class S3Multipart(IAmazonS3 client, string bucket, string name, bool signsPayload)
{
    /// <summary>S3 takes parts of at least 5 MB and 10,000 of them: enough for 80 GB.</summary>
    public const long PartBytes = 8 * 1024 * 1024;

    /// <summary>Longer than a living node takes for one file, also over a slow network: what began that long ago is nobody's.</summary>
    private static readonly TimeSpan LeftAfter = TimeSpan.FromDays(1);

    public async Task PutAsync(FileBytes bytes, CancellationToken cancellationToken)
    {
        var upload = (await client.DoAsync(
            (s3, ct) => s3.InitiateMultipartUploadAsync(new InitiateMultipartUploadRequest { BucketName = bucket, Key = name, ContentType = S3BlobStore.StoredType }, ct), cancellationToken)).UploadId;
        try
        {
            var parts = new List<PartETag>();
            for (long start = 0; start < bytes.Length; start += PartBytes) parts.Add(await PutPartAsync(upload, parts.Count + 1, bytes, start, cancellationToken));
            await client.DoAsync(
                (s3, ct) => s3.CompleteMultipartUploadAsync(new CompleteMultipartUploadRequest { BucketName = bucket, Key = name, UploadId = upload, PartETags = parts }, ct), cancellationToken);
        }
        catch
        {
            await AbortAsync(client, bucket, name, upload);
            throw;
        }
    }

    /// <summary>Uploads that a dead node left unfinished: they are in no list of objects, and are paid for. Those of others, whom the bucket is shared with, are passed over.</summary>
    /// <param name="at">They began more than a day before.</param>
    public static async Task AbortLeftAsync(IAmazonS3 client, string bucket, ObjectNames names, DateTimeOffset at, CancellationToken cancellationToken)
    {
        var page = new ListMultipartUploadsRequest { BucketName = bucket, Prefix = names.Prefix };
        while (true)
        {
            var found = await client.DoAsync((s3, ct) => s3.ListMultipartUploadsAsync(page, ct), cancellationToken);
            foreach (var left in found.MultipartUploads ?? [])
            {
                if (!names.TryParse(left.Key, out _) || left.Initiated is not { } begun) continue;
                if (at.UtcDateTime - begun.ToUniversalTime() > LeftAfter) await AbortAsync(client, bucket, left.Key, left.UploadId);
            }
            if (found.IsTruncated != true) return;
            (page.KeyMarker, page.UploadIdMarker) = (found.NextKeyMarker, found.NextUploadIdMarker);
        }
    }

    private async Task<PartETag> PutPartAsync(string upload, int number, FileBytes bytes, long start, CancellationToken cancellationToken)
    {
        var length = Math.Min(PartBytes, bytes.Length - start);
        await using var stretch = new FileBytesStream(bytes, start, length);
        var put = await client.DoAsync(
            (s3, ct) => s3.UploadPartAsync(
                new UploadPartRequest
                {
                    BucketName = bucket,
                    Key = name,
                    UploadId = upload,
                    PartNumber = number,
                    PartSize = length,
                    InputStream = stretch,
                    UseChunkEncoding = false,
                    DisablePayloadSigning = !signsPayload,
                },
                ct),
            cancellationToken);
        return new PartETag(number, put.ETag);
    }

    /// <summary>Not at any price: the sweep comes back to it.</summary>
    private static async Task AbortAsync(IAmazonS3 client, string bucket, string name, string upload)
    {
        try
        {
            await client.DoAsync((s3, ct) => s3.AbortMultipartUploadAsync(new AbortMultipartUploadRequest { BucketName = bucket, Key = name, UploadId = upload }, ct), CancellationToken.None);
        }
        catch (StoreUnavailableException)
        {
            // It is one of those that are left.
        }
    }
}
