using Gatehouse.Actors;
using Gatehouse.Actors.Engine.Sweeping;
using Gatehouse.Storage.Sqlite;

namespace Gatehouse.Storage.Tests;

public sealed class SweeperTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly SqliteStore _store;
    private readonly Spool _spool;
    private readonly DiskBlobStore _blobs;

    // The wall clock of blobs' files is the machine's; the sweeper's is two hours ahead of it.
    private readonly ManualTime _clock = new() { Now = DateTimeOffset.UtcNow.AddHours(2) };

    public SweeperTests()
    {
        _store = SqliteStore.Open(_folder.File("gatehouse.db"), _clock);
        _spool = new Spool(_folder.File("spool"));
        _spool.SweepLeftovers();
        _blobs = new DiskBlobStore(_folder.File("blobs"), _spool);
    }

    [Fact]
    public async Task Orphans_go_and_blobs_of_open_and_of_freshly_failed_uploads_stay()
    {
        var (open, failed, delivered) = (await BlobAsync(), await BlobAsync(), await BlobAsync());
        var orphan = UploadId.New();
        await PutAsync(orphan);
        await MoveAsync(failed, UploadStatus.Failed, _clock.Now);
        await MoveAsync(delivered, UploadStatus.Delivered, _clock.Now, new FileDropped(delivered, 10));
        Assert.Equal(new Swept(0, 0, 2), await Sweeper(new SweeperOptions { Portion = 1 }).SweepAsync(CancellationToken.None));
        Assert.Equal(new HashSet<UploadId> { open, failed }, (await LeftAsync()).ToHashSet());
    }

    [Fact]
    public async Task Young_orphans_stay_for_their_admission_may_be_under_way()
    {
        await PutAsync(UploadId.New());
        Assert.Equal(default, await Sweeper(new SweeperOptions { OrphansAfter = TimeSpan.FromHours(3) }).SweepAsync(CancellationToken.None));
        Assert.Single(await LeftAsync());
    }

    [Fact]
    public async Task A_delivered_uploads_blob_goes_when_the_link_to_it_has_expired_whoever_delivered_it()
    {
        var linked = await BlobAsync();
        await _store.SaveAsync(Saves.Of("a", 0, Saves.Moved(linked, UploadStatus.Delivered, _clock.Now.AddDays(-35)) with { FileUntil = _clock.Now.AddHours(1) }), CancellationToken.None);
        Assert.Equal(default, await Sweeper(new SweeperOptions()).SweepAsync(CancellationToken.None));
        Assert.Equal([linked], await LeftAsync());
        _clock.Now += TimeSpan.FromHours(2);
        Assert.Equal(new Swept(1, 1, 0), await Sweeper(new SweeperOptions()).SweepAsync(CancellationToken.None));
        Assert.Empty(await LeftAsync());
    }

    [Fact]
    public async Task Bytes_of_failed_uploads_go_after_their_time_and_rows_after_theirs()
    {
        var (longAgo, older) = (await BlobAsync(), await BlobAsync());
        await MoveAsync(longAgo, UploadStatus.Failed, _clock.Now.AddHours(-73));
        await MoveAsync(older, UploadStatus.Failed, _clock.Now.AddDays(-31));
        Assert.Equal(new Swept(2, 1, 0), await Sweeper(new SweeperOptions()).SweepAsync(CancellationToken.None));
        Assert.Empty(await LeftAsync());
        Assert.NotNull(await _store.FindAsync(longAgo, CancellationToken.None));
        Assert.Null(await _store.FindAsync(older, CancellationToken.None));
    }

    [Fact]
    public async Task A_blob_that_may_not_be_deleted_keeps_none_of_the_others()
    {
        var orphans = Enumerable.Range(0, 6).Select(_ => UploadId.New()).ToList();
        foreach (var orphan in orphans) await PutAsync(orphan);
        var failed = new List<UploadId>();
        for (var i = 0; i < 6; i++)
        {
            failed.Add(await BlobAsync());
            await MoveAsync(failed[i], UploadStatus.Failed, _clock.Now.AddHours(-73));
        }
        var (stuckOrphan, stuckFailed) = (orphans[2], failed[2]);
        var blobs = new Stuck(_blobs, stuckOrphan, stuckFailed);
        await new Sweeper(_store, blobs, new SweeperOptions(), _clock).SweepAsync(CancellationToken.None);
        Assert.Equal(new HashSet<UploadId> { stuckOrphan, stuckFailed }, (await LeftAsync()).ToHashSet());

        // It is tried again with every round.
        blobs.Free();
        await new Sweeper(_store, blobs, new SweeperOptions(), _clock).SweepAsync(CancellationToken.None);
        Assert.Empty(await LeftAsync());
    }

    [Fact]
    public async Task A_dropped_files_blob_is_deleted_after_its_commit_and_a_small_file_is_left_to_the_commit()
    {
        var (large, small) = (UploadId.New(), UploadId.New());
        await PutAsync(large);
        await PutAsync(small);
        var deleted = new Watched(_blobs);
        var dropper = new BlobDropper(deleted, withTurnBytes: 100);
        using var stop = new CancellationTokenSource();
        var running = dropper.RunAsync(stop.Token);
        ((IRecordObserver)dropper).Committed(new ActorKey("contact", "a"), [new FileDropped(small, 100), new FileDropped(large, 101)]);
        Assert.Equal(large, await deleted.First);
        Assert.Equal([small], await LeftAsync());
        await stop.CancelAsync();
        await running;
    }

    public void Dispose()
    {
        _store.Dispose();
        _folder.Dispose();
    }

    private Sweeper Sweeper(SweeperOptions options) => new(_store, _blobs, options, _clock);

    private async Task<UploadId> BlobAsync()
    {
        var row = Saves.Row() with { CreatedAt = _clock.Now.AddDays(-40) };
        await PutAsync(row.Id);
        await _store.SaveAsync(Saves.Of(row.Id.ToString(), 0, new UploadAdded(row)), CancellationToken.None);
        return row.Id;
    }

    private async Task PutAsync(UploadId id)
    {
        using var file = _spool.Begin();
        file.Append(new byte[10]);
        await _blobs.PutAsync(id, file, CancellationToken.None);
    }

    private async Task MoveAsync(UploadId id, UploadStatus status, DateTimeOffset at, params Record[] more) =>
        await _store.SaveAsync(Saves.Of(Guid.NewGuid().ToString(), 0, [Saves.Moved(id, status, at), .. more]), CancellationToken.None);

    private async Task<List<UploadId>> LeftAsync()
    {
        var ids = new List<UploadId>();
        await foreach (var id in _blobs.ListAsync(DateTimeOffset.MaxValue, CancellationToken.None)) ids.Add(id);
        return ids;
    }

    /// <summary>The real blobs, of which some cannot be deleted.</summary>
    private sealed class Stuck(IBlobStore inner, params UploadId[] stuck) : IBlobStore
    {
        private UploadId[] _stuck = stuck;

        public long StoredBytes => inner.StoredBytes;

        public void Free() => _stuck = [];

        public ValueTask PutAsync(UploadId id, FileBytes bytes, CancellationToken cancellationToken) => inner.PutAsync(id, bytes, cancellationToken);

        public ValueTask<FileBytes?> OpenAsync(UploadId id, CancellationToken cancellationToken) => inner.OpenAsync(id, cancellationToken);

        public IAsyncEnumerable<UploadId> ListAsync(DateTimeOffset writtenBefore, CancellationToken cancellationToken) => inner.ListAsync(writtenBefore, cancellationToken);

        public ValueTask DeleteAsync(UploadId id, CancellationToken cancellationToken) =>
            _stuck.Contains(id) ? throw new UnauthorizedAccessException("It is not ours to delete.") : inner.DeleteAsync(id, cancellationToken);
    }

    /// <summary>The real blobs, and a word when the first is deleted.</summary>
    private sealed class Watched(IBlobStore inner) : IBlobStore
    {
        private readonly TaskCompletionSource<UploadId> _first = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public Task<UploadId> First => _first.Task;

        public long StoredBytes => inner.StoredBytes;

        public ValueTask PutAsync(UploadId id, FileBytes bytes, CancellationToken cancellationToken) => inner.PutAsync(id, bytes, cancellationToken);

        public ValueTask<FileBytes?> OpenAsync(UploadId id, CancellationToken cancellationToken) => inner.OpenAsync(id, cancellationToken);

        public IAsyncEnumerable<UploadId> ListAsync(DateTimeOffset writtenBefore, CancellationToken cancellationToken) => inner.ListAsync(writtenBefore, cancellationToken);

        public async ValueTask DeleteAsync(UploadId id, CancellationToken cancellationToken)
        {
            await inner.DeleteAsync(id, cancellationToken);
            _first.TrySetResult(id);
        }
    }
}
