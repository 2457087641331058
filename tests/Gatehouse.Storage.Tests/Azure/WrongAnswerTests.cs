using System.Net;
using System.Text;
using Gatehouse.Actors;
using Gatehouse.Storage.Azure;

namespace Gatehouse.Storage.Tests.Azure;

/// <summary>Answers that the service does not give, but something in its place may: they are a store that is away, and cost neither memory nor time without end.</summary>
public sealed class WrongAnswerTests : IDisposable
{
    private const string Empty = "<EnumerationResults><Blobs/><NextMarker/></EnumerationResults>";

    private readonly string _folder = Directory.CreateTempSubdirectory("gatehouse-").FullName;
    private readonly Spool _spool;

    public WrongAnswerTests() => _spool = new Spool(_folder);

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void A_list_that_never_ends_to_come_is_given_up() => AssertUnusable(() => new StreamContent(new Stalled()));

    [Fact]
    public void So_is_one_that_is_longer_than_a_page_can_be() =>
        AssertUnusable(() => new ByteArrayContent(Encoding.UTF8.GetBytes($"<EnumerationResults><Blobs/>{new string(' ', 33 * 1024 * 1024)}<NextMarker/></EnumerationResults>")));

    [Theory]
    [InlineData("<!DOCTYPE EnumerationResults [<!ENTITY a \"b\">]>" + Empty)]
    [InlineData("<EnumerationResults><Blobs><Blob><Name>a</Name><Properties><Content-Length>99999999999999999999</Content-Length></Properties></Blob></Blobs></EnumerationResults>")]
    [InlineData("<html>")]
    public void What_is_no_list_is_none(string body) => AssertUnusable(() => new StringContent(body));

    [Fact]
    public async Task A_blob_without_a_length_is_not_taken_for_one_that_is_missing()
    {
        using var store = Open(request => request.Method == HttpMethod.Head ? new(HttpStatusCode.OK) { Content = new StreamContent(new Stalled()) } : List(Empty));
        await Assert.ThrowsAsync<StoreUnavailableException>(async () => await store.OpenAsync(UploadId.New(), CancellationToken.None));
    }

    [Fact]
    public async Task A_404_without_a_word_says_that_a_blob_is_missing_only_when_it_was_asked_for_by_HEAD()
    {
        var isThere = false;
        using var store = Open(request => request.Method == HttpMethod.Head && isThere ? new(HttpStatusCode.OK) { Content = new ByteArrayContent([1]) }
            : request.RequestUri!.Query.Contains("comp=list", StringComparison.Ordinal) ? List(Empty) : new(HttpStatusCode.NotFound));
        Assert.Null(await store.OpenAsync(UploadId.New(), CancellationToken.None));
        isThere = true;
        await Assert.ThrowsAsync<StoreUnavailableException>(async () => await store.DeleteAsync(UploadId.New(), CancellationToken.None));
    }

    [Fact]
    public async Task What_it_answered_is_told_by_its_status_and_its_own_code()
    {
        using var store = Open(static request => request.RequestUri!.Query.Contains("comp=list", StringComparison.Ordinal) ? List(Empty)
            : new(HttpStatusCode.Forbidden) { Headers = { { "x-ms-error-code", "AuthenticationFailed" } } });
        var refused = await Assert.ThrowsAsync<StoreUnavailableException>(async () => await store.OpenAsync(UploadId.New(), CancellationToken.None));
        Assert.Equal("403 AuthenticationFailed", refused.Answered);
    }

    [Fact]
    public void A_token_longer_than_any_is_refused()
    {
        var token = $$"""{"access_token": "{{new string('a', 70_000)}}", "expires_in": 3600}""";
        var entra = Options with { AccountKey = "", TenantId = "tenant", ClientId = "client", ClientSecret = "secret" };
        Assert.Throws<BlobStoreUnusableException>(() => Open(request => request.Method == HttpMethod.Post ? new(HttpStatusCode.OK) { Content = new StringContent(token) } : List(Empty), entra));
    }

    private static AzureOptions Options { get; } = new()
    {
        Endpoint = new Uri("https://account.blob.core.windows.net"),
        Container = "container",
        AccountKey = Convert.ToBase64String(new byte[64]),
        Retries = 0,
        Timeout = TimeSpan.FromSeconds(1),
    };

    private static HttpResponseMessage List(string body) => new(HttpStatusCode.OK) { Content = new StringContent(body) };

    private void AssertUnusable(Func<HttpContent> list) => Assert.Throws<BlobStoreUnusableException>(() => Open(_ => new(HttpStatusCode.OK) { Content = list() }));

    private AzureBlobStore Open(Func<HttpRequestMessage, HttpResponseMessage> answer, AzureOptions? options = null) => AzureBlobStore.Open(options ?? Options, _spool, TimeProvider.System, new Service(answer));

    private sealed class Service(Func<HttpRequestMessage, HttpResponseMessage> answer) : HttpMessageHandler
    {
        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken) => Task.FromResult(answer(request));
    }

    /// <summary>Has begun, and nothing more comes.</summary>
    private sealed class Stalled : Stream
    {
        public override bool CanRead => true;
        public override bool CanSeek => false;
        public override bool CanWrite => false;
        public override long Length => throw new NotSupportedException();
        public override long Position { get => throw new NotSupportedException(); set => throw new NotSupportedException(); }

        public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
        {
            await Task.Delay(Timeout.Infinite, cancellationToken);
            return 0;
        }

        public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();
        public override void Flush() { }
        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();
        public override void SetLength(long value) => throw new NotSupportedException();
        public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
    }
}
