using System.Net.Http.Headers;
using System.Runtime.CompilerServices;
using System.Text;
using Gatehouse.Actors;
using Gatehouse.Storage.Objects;

namespace Gatehouse.Storage.Azure;

/// <summary>Blobs as block blobs of a container of Azure Blob Storage, over its REST API. Any number of nodes share one.</summary>
public sealed class AzureBlobStore : IBlobStore, IBlobLinks, IDisposable
{
    /// <summary>What is repeated after a fault is a block and not the file; 50,000 of them are 400 GB.</summary>
    internal const long BlockBytes = 8 * 1024 * 1024;

    private const string StoredType = "application/octet-stream";

    /// <summary>A page of the list has at most 5,000 blobs, of some 1 KB each.</summary>
    private const int MostListBytes = 32 * 1024 * 1024;

    /// <summary>Of an answer that is read whole: a token, a key. A blob is read as it comes, and the list has its own limit.</summary>
    private const int MostAnswerBytes = 64 * 1024;

    private readonly AzureOptions _options;
    private readonly Spool _spool;
    private readonly ObjectNames _names;
    private readonly CountedBytes _counted = new();
    private readonly HttpClient _http;
    private readonly IAzureCredential _credential;
    private readonly AzureCalls _calls;

    private AzureBlobStore(AzureOptions options, Spool spool, TimeProvider time, HttpMessageHandler? handler)
    {
        (_options, _spool) = (options, spool);
        _names = new ObjectNames(options.Prefix);
        // Connections are made anew now and then, so that a changed address is noticed.
        _http = new HttpClient(handler ?? new SocketsHttpHandler { ConnectTimeout = TimeSpan.FromSeconds(5), PooledConnectionLifetime = TimeSpan.FromMinutes(5), AllowAutoRedirect = false })
        {
            Timeout = Timeout.InfiniteTimeSpan,
            MaxResponseContentBufferSize = MostAnswerBytes,
        };
        _credential = options.UsesAccountKey ? new AccountKeyCredential(options.AccountName, Convert.FromBase64String(options.AccountKey)) : new EntraCredential(options, _http, time);
        _calls = new AzureCalls(options, _http, _credential, time);
    }

    /// <summary>Lists the container once: that counts what it holds, and shows that it is there and lets us in.</summary>
    /// <param name="spool">Its files count as held.</param>
    /// <param name="time">The world's own: the service refuses requests that are 15 minutes off.</param>
    /// <param name="handler">Another way there than a connection of its own.</param>
    /// <exception cref="BlobStoreUnusableException">It is not, or does not.</exception>
    public static AzureBlobStore Open(AzureOptions options, Spool spool, TimeProvider time, HttpMessageHandler? handler = null)
    {
        var store = new AzureBlobStore(options, spool, time, handler);
        try
        {
            store.CountAsync().GetAwaiter().GetResult();
            return store;
        }
        catch (StoreUnavailableException e)
        {
            store.Dispose();
            throw new BlobStoreUnusableException(
                $"Blobs:Store is azure, but the container \"{options.Container}\" at {options.Endpoint} cannot be used: {e.Message} Check Blobs:Azure:Endpoint, Container and the credentials, which need to list, read, write and delete.", e);
        }
    }

    public long StoredBytes => _counted.Bytes + _spool.Bytes;

    public async ValueTask PutAsync(UploadId id, FileBytes bytes, CancellationToken cancellationToken)
    {
        if (bytes.Length > BlockBytes) await PutBlocksAsync(id, bytes, cancellationToken);
        else await PutAsync(AddressOf(id), bytes, 0, bytes.Length, whole: true, cancellationToken);
        _counted.Add(bytes.Length);
    }

    public async ValueTask<FileBytes?> OpenAsync(UploadId id, CancellationToken cancellationToken) =>
        await LengthAsync(id, cancellationToken) is { } length ? new RemoteFile(length, (offset, ct) => OpenAtAsync(id, offset, ct), _options.Timeout) : null;

    public async ValueTask DeleteAsync(UploadId id, CancellationToken cancellationToken)
    {
        if (await LengthAsync(id, cancellationToken) is not { } length) return;
        using var answer = await _calls.SendAsync(() => new HttpRequestMessage(HttpMethod.Delete, AddressOf(id)), cancellationToken);
        if (answer is not null) _counted.Add(-length);
    }

    /// <inheritdoc/>
    /// <remarks>The whole container is listed in any case, so it is counted as well. Blocks of a file that was never finished go by themselves after a week.</remarks>
    public async IAsyncEnumerable<UploadId> ListAsync(DateTimeOffset writtenBefore, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var listing = _counted.Begin();
        var next = "";
        do
        {
            var page = await PageAsync(next, cancellationToken);
            foreach (var blob in page.Blobs)
            {
                if (!_names.TryParse(blob.Name, out var id)) continue;
                listing.Found(blob.Length);
                if (blob.Modified < writtenBefore) yield return id;
            }
            next = page.Next;
        }
        while (next.Length > 0);
        listing.End();
    }

    public async ValueTask<Uri> SignAsync(UploadId id, BlobPresentation shown, DateTimeOffset expires, CancellationToken cancellationToken)
    {
        var link = new SignedLink(_options.AccountName, _options.Container, _names.Of(id), expires, IsHttps, shown);
        return new Uri($"{AddressOf(id)}?{await _credential.SignAsync(link, cancellationToken)}");
    }

    public void Dispose()
    {
        (_credential as IDisposable)?.Dispose();
        _http.Dispose();
    }

    private bool IsHttps => string.Equals(_options.Endpoint.Scheme, Uri.UriSchemeHttps, StringComparison.Ordinal);

    private string Container => $"{_options.Endpoint.AbsoluteUri.TrimEnd('/')}/{_options.Container}";

    private string AddressOf(UploadId id) => $"{Container}/{_names.Of(id)}";

    /// <summary>The blob is there with the list of its blocks, whole or not at all.</summary>
    private async Task PutBlocksAsync(UploadId id, FileBytes bytes, CancellationToken cancellationToken)
    {
        var list = new StringBuilder("<?xml version=\"1.0\" encoding=\"utf-8\"?><BlockList>");
        for (var (start, number) = (0L, 0); start < bytes.Length; start += BlockBytes, number++)
        {
            var block = Convert.ToBase64String(Encoding.ASCII.GetBytes($"{number:d8}"));
            await PutAsync($"{AddressOf(id)}?comp=block&blockid={Uri.EscapeDataString(block)}", bytes, start, Math.Min(BlockBytes, bytes.Length - start), whole: false, cancellationToken);
            list.Append("<Latest>").Append(block).Append("</Latest>");
        }
        var text = list.Append("</BlockList>").ToString();
        using var answer = await _calls.SendAsync(
            () =>
            {
                var request = new HttpRequestMessage(HttpMethod.Put, $"{AddressOf(id)}?comp=blocklist") { Content = new StringContent(text, Encoding.UTF8, "application/xml") };
                request.Headers.Add(AzureApi.StoredTypeHeader, StoredType);
                return request;
            },
            cancellationToken) ?? throw Missing();
    }

    private async Task PutAsync(string address, FileBytes bytes, long start, long length, bool whole, CancellationToken cancellationToken)
    {
        using var answer = await _calls.SendAsync(
            () =>
            {
                var request = new HttpRequestMessage(HttpMethod.Put, address) { Content = new StreamContent(new FileBytesStream(bytes, start, length)) };
                request.Content.Headers.ContentLength = length;
                request.Content.Headers.ContentType = new MediaTypeHeaderValue(StoredType);
                if (whole) request.Headers.Add(AzureApi.BlobTypeHeader, "BlockBlob");
                return request;
            },
            cancellationToken) ?? throw Missing();
    }

    private async ValueTask<long?> LengthAsync(UploadId id, CancellationToken cancellationToken)
    {
        using var answer = await _calls.SendAsync(() => new HttpRequestMessage(HttpMethod.Head, AddressOf(id)), cancellationToken);
        if (answer is null) return null;
        return answer.Content.Headers.ContentLength ?? throw new StoreUnavailableException("The object store could not do it: it did not say how long the blob is.", innerException: null);
    }

    private async ValueTask<Stream?> OpenAtAsync(UploadId id, long offset, CancellationToken cancellationToken)
    {
        var answer = await _calls.SendAsync(
            () =>
            {
                var request = new HttpRequestMessage(HttpMethod.Get, AddressOf(id));
                request.Headers.Add(AzureApi.RangeHeader, $"bytes={offset}-");
                return request;
            },
            cancellationToken);
        return answer is null ? null : await answer.Content.ReadAsStreamAsync(cancellationToken);
    }

    private async Task<AzureListing> PageAsync(string marker, CancellationToken cancellationToken)
    {
        var address = $"{Container}?restype=container&comp=list&prefix={Uri.EscapeDataString(_names.Prefix)}&marker={Uri.EscapeDataString(marker)}";
        using var answer = await _calls.SendAsync(() => new HttpRequestMessage(HttpMethod.Get, address), cancellationToken) ?? throw Missing();
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(_options.Timeout);
        try
        {
            await answer.Content.LoadIntoBufferAsync(MostListBytes, limit.Token);
            await using var body = await answer.Content.ReadAsStreamAsync(limit.Token);
            return await AzureListing.ReadAsync(body, limit.Token);
        }
        catch (Exception e) when (e is IOException or HttpRequestException || (e is OperationCanceledException && !cancellationToken.IsCancellationRequested))
        {
            throw new StoreUnavailableException($"The object store could not do it: {e.Message}", e);
        }
    }

    private async Task CountAsync()
    {
        await foreach (var _ in ListAsync(DateTimeOffset.MinValue, CancellationToken.None))
        {
            // Listing counts.
        }
    }

    /// <summary>404 where no blob was asked for.</summary>
    private static StoreUnavailableException Missing() => new("The object store could not do it: 404, the container is not there", innerException: null);
}
