using System.Net;
using Gatehouse.Actors;

namespace Gatehouse.Storage.Tests.Objects;

/// <summary>What stores of blobs keep to that are servers of their own and give links, and what their tests share.</summary>
public abstract class ObjectStoreContract : BlobStoreContract
{
    private readonly List<IDisposable> _opened = [];

    private protected static BlobPresentation Shown { get; } = new("text/plain; charset=utf-8", "attachment; filename=\"a_b.txt\"; filename*=UTF-8''%C3%A4%20b.txt");

    protected override void Dispose(bool disposing)
    {
        foreach (var store in _opened) store.Dispose();
        base.Dispose(disposing);
    }

    /// <summary>Closed when the test ends.</summary>
    private protected T Opened<T>(T store)
        where T : IDisposable
    {
        _opened.Add(store);
        return store;
    }

    /// <summary>Everything that needs the server fails as a store that is away; all at once, as each may take the store's time-out.</summary>
    private protected async Task AssertAwayAsync(IBlobStore blobs, UploadId id, FileBytes opened)
    {
        using var next = Received(700_000);
        await Task.WhenAll(
            Assert.ThrowsAsync<StoreUnavailableException>(async () => await blobs.PutAsync(UploadId.New(), next, CancellationToken.None)),
            Assert.ThrowsAsync<StoreUnavailableException>(async () => await blobs.OpenAsync(id, CancellationToken.None)),
            Assert.ThrowsAsync<StoreUnavailableException>(async () => await blobs.DeleteAsync(id, CancellationToken.None)),
            Assert.ThrowsAsync<StoreUnavailableException>(() => ListAsync(blobs, DateTimeOffset.UtcNow)),
            Assert.ThrowsAsync<IOException>(async () => await opened.ReadAtAsync(0, new byte[10], CancellationToken.None)));
    }

    private protected static async Task AssertShownAsync(HttpClient http, Uri link)
    {
        using var reply = await http.GetAsync(link);
        Assert.True(reply.StatusCode == HttpStatusCode.OK, $"{reply}\n{await reply.Content.ReadAsStringAsync()}");
        Assert.Equal(Shown.ContentType, reply.Content.Headers.ContentType!.ToString());
        Assert.Equal(Shown.ContentDisposition, reply.Content.Headers.GetValues("Content-Disposition").Single());
        Assert.Equal("no-store, private", reply.Headers.CacheControl!.ToString());
        Assert.Equal(1000, (await reply.Content.ReadAsByteArrayAsync()).Length);
    }

    /// <summary>With any of these parts replaced by the other the link gives nothing.</summary>
    private protected static async Task AssertTamperedAsync(HttpClient http, Uri link, params (string Part, string Other)[] changes)
    {
        foreach (var (part, other) in changes)
        {
            Assert.Contains(part, link.AbsoluteUri, StringComparison.Ordinal);
            await AssertRefusedAsync(http, new Uri(link.AbsoluteUri.Replace(part, other, StringComparison.Ordinal)));
        }
    }

    private protected static async Task AssertRefusedAsync(HttpClient http, Uri link)
    {
        using var reply = await http.GetAsync(link);
        Assert.Equal(HttpStatusCode.Forbidden, reply.StatusCode);
    }
}
