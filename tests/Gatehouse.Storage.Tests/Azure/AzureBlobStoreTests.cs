using System.Net;
using Gatehouse.Actors;
using Gatehouse.Storage.Azure;
using Gatehouse.Storage.Tests.Objects;

namespace Gatehouse.Storage.Tests.Azure;

[NeedsAzurite]
public sealed class AzureBlobStoreTests : ObjectStoreContract
{
    private readonly Lazy<AzureOptions> _options = new(() => AzuriteServer.Shared.NewContainerAsync().GetAwaiter().GetResult());

    private protected override IBlobStore Open() => OpenAzure(_options.Value);

    [AzuriteFact]
    public async Task A_large_file_goes_up_in_blocks_and_reads_back_as_it_was()
    {
        var id = UploadId.New();
        using var file = new PatternFile((2 * AzureBlobStore.BlockBytes) + 12_345);
        await Open().PutAsync(id, file, CancellationToken.None);
        using var opened = await Open().OpenAsync(id, CancellationToken.None);
        Assert.Equal(file.Length, opened!.Length);
        await file.AssertSameAsync(opened);
    }

    [AzuriteFact]
    public async Task A_put_that_breaks_off_leaves_nothing()
    {
        foreach (var length in (long[])[500_000, (2 * AzureBlobStore.BlockBytes) + 1])
        {
            var blobs = OpenAzure(_options.Value with { Retries = 0 });
            var id = UploadId.New();
            using var file = new PatternFile(length) { BreaksAt = length - 200_000 };
            await Assert.ThrowsAnyAsync<Exception>(async () => await blobs.PutAsync(id, file, CancellationToken.None));
            Assert.Null(await blobs.OpenAsync(id, CancellationToken.None));
            Assert.Equal(0, blobs.StoredBytes);
            Assert.Empty(await ListAsync(blobs, DateTimeOffset.MaxValue));
        }
    }

    [AzuriteFact]
    public async Task A_link_signed_with_the_accounts_key_gives_the_bytes_as_what_they_are_and_to_be_saved_under_their_name() =>
        await AssertLinksAsync(OpenAzure(_options.Value), DateTimeOffset.UtcNow.AddDays(30));

    [AzuriteFact]
    public async Task So_does_one_that_an_application_of_Entra_ID_signs_with_a_delegation_key()
    {
        await using var login = new EntraStub();
        var options = _options.Value with { AccountKey = "", TenantId = "tenant", ClientId = "client", ClientSecret = "secret/+&", Login = login.Address };
        var store = OpenAzure(options);
        await AssertLinksAsync(store, DateTimeOffset.UtcNow + options.LongestLink);
        Assert.Equal(["grant_type=client_credentials&client_id=client&client_secret=secret%2F%2B%26&scope=https%3A%2F%2Fstorage.azure.com%2F.default"], login.Asked);
    }

    [AzuriteFact]
    public async Task A_container_that_cannot_be_used_is_refused_with_a_sentence_that_keeps_the_secret()
    {
        await using var login = new EntraStub { Refuses = true };
        var right = _options.Value;
        foreach (var wrong in (AzureOptions[])
        [
            right with { Container = "nobodys" }, right with { AccountKey = Convert.ToBase64String(new byte[64]) }, right with { Endpoint = new Uri($"http://127.0.0.1:{FreePort.Next()}/gatehouse"), Retries = 0 },
            right with { AccountKey = "", TenantId = "tenant", ClientId = "client", ClientSecret = "the-secret", Login = login.Address },
        ])
        {
            var refused = Assert.Throws<BlobStoreUnusableException>(() => OpenAzure(wrong));
            Assert.Contains("Blobs:Store is azure", refused.Message, StringComparison.Ordinal);
            Assert.Contains(wrong.Container, refused.Message, StringComparison.Ordinal);
            Assert.DoesNotContain(right.AccountKey, refused.Message, StringComparison.Ordinal);
            Assert.DoesNotContain("the-secret", refused.Message, StringComparison.Ordinal);
        }
    }

    [AzuriteFact]
    public async Task A_store_that_refuses_fails_or_does_not_answer_is_unavailable_and_a_file_in_it_unreadable()
    {
        var (id, mood) = (UploadId.New(), new Mood());
        var blobs = Opened(AzureBlobStore.Open(_options.Value with { Retries = 0 }, Spool, TimeProvider.System, mood));
        mood.Answer = null;
        using (var file = Received(700_000)) await blobs.PutAsync(id, file, CancellationToken.None);
        foreach (var answer in (Func<HttpResponseMessage>[])[() => new(HttpStatusCode.InternalServerError), () => new(HttpStatusCode.ServiceUnavailable), () => new(HttpStatusCode.Forbidden), () => throw new HttpRequestException("cut"), () => throw new TaskCanceledException("slow")])
        {
            mood.Answer = null;
            using var opened = await blobs.OpenAsync(id, CancellationToken.None);
            mood.Answer = answer;
            await AssertAwayAsync(blobs, id, opened!);
        }
    }

    [AzuriteFact]
    public async Task A_fault_that_passes_is_tried_again_with_the_whole_of_what_was_sent()
    {
        var (id, mood, left) = (UploadId.New(), new Mood(), 2);
        var blobs = Opened(AzureBlobStore.Open(_options.Value, Spool, TimeProvider.System, mood));
        mood.Answer = () => new(HttpStatusCode.ServiceUnavailable);
        mood.Passes = () => left-- <= 0;
        using (var file = new PatternFile(700_000))
        {
            await blobs.PutAsync(id, file, CancellationToken.None);
            using var opened = await blobs.OpenAsync(id, CancellationToken.None);
            await file.AssertSameAsync(opened!);
        }
    }

    private AzureBlobStore OpenAzure(AzureOptions options) => Opened(AzureBlobStore.Open(options, Spool, TimeProvider.System, AzuriteServer.Trusting()));

    private async Task AssertLinksAsync(AzureBlobStore store, DateTimeOffset expires)
    {
        var id = UploadId.New();
        using (var file = Received(1000)) await store.PutAsync(id, file, CancellationToken.None);
        using var http = new HttpClient(AzuriteServer.Trusting());
        var link = await store.SignAsync(id, Shown, expires, CancellationToken.None);
        await AssertShownAsync(http, link);
        await AssertTamperedAsync(http, link, ("a_b.txt", "evil.exe"), ("text%2Fplain", "text%2Fhtml"), ("sp=r", "sp=rw"), ("se=2", "se=3"), (id.ToString(), UploadId.New().ToString()));
        await AssertRefusedAsync(http, await store.SignAsync(id, Shown, DateTimeOffset.UtcNow.AddSeconds(-1), CancellationToken.None));
    }

    /// <summary>The real server, unless it answers in its place.</summary>
    private sealed class Mood() : DelegatingHandler(AzuriteServer.Trusting())
    {
        public Func<HttpResponseMessage>? Answer { get; set; }

        public Func<bool> Passes { get; set; } = static () => false;

        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken) =>
            Answer is { } answer && !Passes() ? Task.FromResult(answer()) : base.SendAsync(request, cancellationToken);
    }
}
