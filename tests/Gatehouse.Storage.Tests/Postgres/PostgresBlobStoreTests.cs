using Gatehouse.Actors;
using Gatehouse.Storage.Postgres;

namespace Gatehouse.Storage.Tests.Postgres;

[NeedsPostgres]
public sealed class PostgresBlobStoreTests : BlobStoreContract, IClassFixture<PostgresFixture>
{
    private readonly PostgresFixture _postgres;
    private readonly ManualTime _clock = new();

    public PostgresBlobStoreTests(PostgresFixture postgres)
    {
        _postgres = postgres;
        postgres.Emptied();
    }

    private protected override IBlobStore Open() => new PostgresBlobStore(_postgres.Database.Opened, Spool, _clock);

    [PostgresFact]
    public async Task What_other_nodes_put_is_counted_when_the_last_count_has_grown_old()
    {
        var (here, there) = (Open(), Open());
        using (var file = Received(700_000)) await there.PutAsync(UploadId.New(), file, CancellationToken.None);
        Assert.Equal(0, here.StoredBytes);
        _clock.Advance(TimeSpan.FromSeconds(10));
        // The first who asks begins the count and does not wait for it.
        while (here.StoredBytes != 700_000) await Task.Yield();
    }

    [PostgresFact]
    public async Task A_put_that_breaks_off_leaves_nothing()
    {
        var blobs = Open();
        var id = UploadId.New();
        using var file = new BrokenFile();
        await Assert.ThrowsAnyAsync<Exception>(async () => await blobs.PutAsync(id, file, CancellationToken.None));
        Assert.Null(await blobs.OpenAsync(id, CancellationToken.None));
        Assert.Equal(0, _postgres.Database.Ask<long>("SELECT count(*) FROM gatehouse.blob_parts"));
        using var sound = Received(300_000);
        await blobs.PutAsync(id, sound, CancellationToken.None);
    }

    [PostgresFact]
    public async Task A_file_whose_server_is_gone_cannot_be_read_and_says_so_as_a_disk_would()
    {
        using var server = PostgresServer.StartOwn();
        using var database = PostgresDatabase.Open(server.ConnectionString("postgres"));
        var blobs = new PostgresBlobStore(database, Spool, _clock);
        var id = UploadId.New();
        using (var file = Received(300_000)) await blobs.PutAsync(id, file, CancellationToken.None);
        using var opened = await blobs.OpenAsync(id, CancellationToken.None);
        server.Stop();
        await Assert.ThrowsAsync<IOException>(async () => await opened!.ReadAtAsync(0, new byte[10], CancellationToken.None));
        using var next = Received(300_000);
        await Assert.ThrowsAsync<StoreUnavailableException>(async () => await blobs.PutAsync(UploadId.New(), next, CancellationToken.None));
    }

    private sealed class ManualTime : TimeProvider
    {
        private long _ticks;

        public override long TimestampFrequency => TimeSpan.TicksPerSecond;

        public override long GetTimestamp() => Volatile.Read(ref _ticks);

        public void Advance(TimeSpan by) => Interlocked.Add(ref _ticks, by.Ticks);
    }

    /// <summary>Its disk fails in the middle.</summary>
    private sealed class BrokenFile : FileBytes
    {
        public override long Length => 500_000;

        public override bool TryGetMemory(out System.Buffers.ReadOnlySequence<byte> memory)
        {
            memory = default;
            return false;
        }

        public override int ReadAt(long offset, Span<byte> into) => offset < 200_000 ? into.Length : throw new IOException("the disk is gone");

        protected override void Dispose(bool disposing)
        {
        }
    }
}
