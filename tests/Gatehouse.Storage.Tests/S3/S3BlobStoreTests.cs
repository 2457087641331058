using System.Net;
using Amazon.S3.Model;
using Gatehouse.Actors;
using Gatehouse.Storage.S3;
using Gatehouse.Storage.Tests.Objects;

namespace Gatehouse.Storage.Tests.S3;

[NeedsS3]
public sealed class S3BlobStoreTests : ObjectStoreContract
{
    private readonly Lazy<S3Options> _options = new(() => S3Server.Shared.Options());

    private protected override IBlobStore Open() => OpenS3(_options.Value);

    [S3Fact]
    public async Task A_large_file_goes_up_in_parts_and_reads_back_as_it_was()
    {
        var id = UploadId.New();
        using var file = new PatternFile((2 * S3Multipart.PartBytes) + 12_345);
        await Open().PutAsync(id, file, CancellationToken.None);
        using var client = S3Server.Shared.Client();
        // S3 ends a multipart object's tag with the number of its parts.
        var head = await client.GetObjectMetadataAsync(_options.Value.Bucket, $"{_options.Value.Prefix}{id}");
        Assert.EndsWith("-3\"", head.ETag.TrimEnd('"') + "\"", StringComparison.Ordinal);
        using var opened = await Open().OpenAsync(id, CancellationToken.None);
        Assert.Equal(file.Length, opened!.Length);
        await file.AssertSameAsync(opened);
    }

    [S3Fact]
    public async Task A_put_that_breaks_off_leaves_nothing()
    {
        foreach (var length in (long[])[500_000, (2 * S3Multipart.PartBytes) + 1])
        {
            var blobs = Open();
            var id = UploadId.New();
            using var file = new PatternFile(length) { BreaksAt = length - 200_000 };
            await Assert.ThrowsAnyAsync<Exception>(async () => await blobs.PutAsync(id, file, CancellationToken.None));
            Assert.Null(await blobs.OpenAsync(id, CancellationToken.None));
            Assert.Equal(0, blobs.StoredBytes);
            Assert.Empty(await UnfinishedAsync());
        }
    }

    [S3Fact]
    public async Task What_a_dead_node_began_and_did_not_finish_is_given_up_after_a_day_and_what_is_not_ours_never()
    {
        using var client = S3Server.Shared.Client();
        foreach (var name in (string[])[$"{UploadId.New()}", "somebody-elses"])
            await client.InitiateMultipartUploadAsync(new InitiateMultipartUploadRequest { BucketName = _options.Value.Bucket, Key = _options.Value.Prefix + name });
        var blobs = Open();
        Assert.Empty(await ListAsync(blobs, DateTimeOffset.UtcNow.AddHours(23)));
        Assert.Equal(2, (await UnfinishedAsync()).Count);
        Assert.Empty(await ListAsync(blobs, DateTimeOffset.UtcNow.AddHours(25)));
        Assert.EndsWith("somebody-elses", Assert.Single(await UnfinishedAsync()).Key, StringComparison.Ordinal);
    }

    [S3Fact]
    public async Task What_other_nodes_put_is_counted_with_the_next_listing_and_what_is_not_ours_is_passed_over()
    {
        var (here, there) = (Open(), Open());
        using (var file = Received(700_000)) await there.PutAsync(UploadId.New(), file, CancellationToken.None);
        using var client = S3Server.Shared.Client();
        await client.PutObjectAsync(new PutObjectRequest { BucketName = _options.Value.Bucket, Key = $"{_options.Value.Prefix}somebody-elses", ContentBody = "x", UseChunkEncoding = false });
        Assert.Equal(0, here.StoredBytes);
        Assert.Single(await ListAsync(here, DateTimeOffset.UtcNow.AddMinutes(10)));
        Assert.Equal(700_000, here.StoredBytes);
    }

    [S3Fact]
    public async Task A_link_gives_the_bytes_as_what_they_are_and_to_be_saved_under_their_name()
    {
        var (store, id) = await PutAsync();
        using var http = new HttpClient();
        await AssertShownAsync(http, await store.SignAsync(id, Shown, DateTimeOffset.UtcNow.AddDays(7), CancellationToken.None));
    }

    [S3Fact]
    public async Task A_link_that_was_tampered_with_or_has_expired_gives_nothing()
    {
        var (store, id) = await PutAsync();
        using var http = new HttpClient();
        var link = await store.SignAsync(id, Shown, DateTimeOffset.UtcNow.AddDays(7), CancellationToken.None);
        await AssertTamperedAsync(http, link, ("a_b.txt", "evil.exe"), ("text%2Fplain", "text%2Fhtml"), ("X-Amz-Expires=60", "X-Amz-Expires=59"), (id.ToString(), UploadId.New().ToString()));
        var brief = await store.SignAsync(id, Shown, DateTimeOffset.UtcNow.AddSeconds(1), CancellationToken.None);
        await Eventually.HoldsAsync("the link has expired", async () =>
        {
            using var reply = await http.GetAsync(brief);
            return reply.StatusCode == HttpStatusCode.Forbidden ? null : $"{reply.StatusCode}";
        });
    }

    [S3Fact]
    public void A_bucket_that_cannot_be_used_is_refused_with_a_sentence_that_keeps_the_secret()
    {
        foreach (var wrong in (S3Options[])[_options.Value with { Bucket = "nobodys" }, _options.Value with { SecretAccessKey = "wrong-secret" }, _options.Value with { Endpoint = new Uri($"http://127.0.0.1:{FreePort.Next()}"), Retries = 0 }])
        {
            var refused = Assert.Throws<BlobStoreUnusableException>(() => S3BlobStore.Open(wrong, Spool));
            Assert.Contains("Blobs:Store is s3", refused.Message, StringComparison.Ordinal);
            Assert.Contains(wrong.Bucket, refused.Message, StringComparison.Ordinal);
            Assert.DoesNotContain(wrong.SecretAccessKey, refused.Message, StringComparison.Ordinal);
        }
    }

    [S3Fact]
    public async Task A_store_that_refuses_fails_or_does_not_answer_is_unavailable_and_a_file_in_it_unreadable()
    {
        var id = UploadId.New();
        await using var moody = new MoodyStore(_options.Value.Endpoint!.Port);
        var blobs = OpenS3(_options.Value with { Endpoint = moody.Address, Retries = 0, Timeout = TimeSpan.FromSeconds(10) });
        using (var file = Received(700_000)) await blobs.PutAsync(id, file, CancellationToken.None);
        foreach (var mood in (string[])["HTTP/1.1 500 Internal Server Error", "HTTP/1.1 503 Slow Down", "HTTP/1.1 403 Forbidden", MoodyStore.Silent, MoodyStore.Closed])
        {
            moody.Mood = null;
            using var opened = await blobs.OpenAsync(id, CancellationToken.None);
            moody.Mood = mood;
            await AssertAwayAsync(blobs, id, opened!);
        }
    }

    private S3BlobStore OpenS3(S3Options options) => Opened(S3BlobStore.Open(options, Spool));

    private async Task<(S3BlobStore Store, UploadId Id)> PutAsync()
    {
        var (store, id) = (OpenS3(_options.Value), UploadId.New());
        using var file = Received(1000);
        await store.PutAsync(id, file, CancellationToken.None);
        return (store, id);
    }

    private async Task<List<MultipartUpload>> UnfinishedAsync()
    {
        using var client = S3Server.Shared.Client();
        return (await client.ListMultipartUploadsAsync(new ListMultipartUploadsRequest { BucketName = _options.Value.Bucket, Prefix = _options.Value.Prefix })).MultipartUploads ?? [];
    }
}
