using System.Collections.Concurrent;
using System.Diagnostics;
using Gatehouse.Actors;
using Gatehouse.Storage.Postgres;

namespace Gatehouse.Storage.Tests.Postgres;

public sealed class PostgresStoreTests(PostgresFixture postgres) : IClassFixture<PostgresFixture>
{
    private static readonly ActorKey Key = new("contact", "a");

    [PostgresFact]
    public async Task Its_time_is_the_servers()
    {
        var store = postgres.Emptied();
        var before = ServerTime();
        var loaded = await store.LoadAsync(Key, CancellationToken.None);
        var saved = await store.SaveAsync(Saves.Of("a", 0), CancellationToken.None);
        Assert.InRange(loaded.Now, before, saved.Now);
        Assert.InRange(saved.Now, loaded.Now, ServerTime());

        DateTimeOffset ServerTime() => StoreTime.FromMicroseconds(postgres.Database.Ask<long>("SELECT (extract(epoch FROM clock_timestamp()) * 1000000)::bigint"));
    }

    [PostgresFact]
    public async Task A_load_and_a_save_are_one_statement_each()
    {
        var store = postgres.Emptied();
        using var statements = new CountedStatements(postgres.Database.Name);
        await store.LoadAsync(Key, CancellationToken.None);
        Assert.Equal(1, statements.Count);
        var row = Saves.Row();
        var saved = await store.SaveAsync(
            Saves.Of("a", 0, new UploadAdded(row), new FileKept(row.Id), Saves.Moved(row.Id, UploadStatus.Delivering, Saves.Created)) with { SmallFile = new([1, 2]) }, CancellationToken.None);
        Assert.Equal(2, statements.Count);
        await store.SaveAsync(Saves.Of("a", saved.Version, Saves.Moved(row.Id, UploadStatus.Delivered, Saves.Created), new FileDropped(row.Id, 2)), CancellationToken.None);
        Assert.Equal(3, statements.Count);
        await store.SaveAsync(Saves.Of("a", saved.Version), CancellationToken.None);
        Assert.Equal(4, statements.Count);
    }

    [PostgresFact]
    public async Task Writers_of_one_key_lose_no_update()
    {
        var store = postgres.Emptied();
        using var other = PostgresDatabase.Open(postgres.Database.ConnectionString);
        PostgresStore[] nodes = [store, new(other)];
        var versions = new ConcurrentBag<long>();
        await Task.WhenAll(Enumerable.Range(0, 8).Select(writer => Task.Run(async () =>
        {
            for (var added = 0; added < 25;)
            {
                var loaded = await nodes[writer % 2].LoadAsync(Key, CancellationToken.None);
                var sum = loaded.Version == 0 ? 0 : BitConverter.ToInt32(loaded.State.Span);
                var row = Saves.Row();
                var outcome = await nodes[writer % 2].SaveAsync(Saves.Of("a", loaded.Version, new UploadAdded(row)) with { State = BitConverter.GetBytes(sum + 1) }, CancellationToken.None);
                if (!outcome.Saved) continue;
                versions.Add(outcome.Version);
                added++;
            }
        })));
        Assert.Equal(200, BitConverter.ToInt32((await store.LoadAsync(Key, CancellationToken.None)).State.Span));
        Assert.Equal(200, versions.Distinct().Count());
        Assert.Equal(200, (await store.ListAsync("c", null, 1000, CancellationToken.None)).Count);
    }

    [PostgresFact]
    public async Task Two_nodes_that_pump_at_once_never_get_the_same_key()
    {
        var store = postgres.Emptied();
        using var other = PostgresDatabase.Open(postgres.Database.ConnectionString);
        PostgresStore[] nodes = [store, new(other)];
        var due = StoreTime.FromMicroseconds(0);
        foreach (var i in Enumerable.Range(0, 300)) await store.SaveAsync(Saves.Due($"{i}", due), CancellationToken.None);
        var taken = await Task.WhenAll(Enumerable.Range(0, 6).Select(pump => Task.Run(async () =>
        {
            var mine = new List<string>();
            while (await nodes[pump % 2].TakeDueAsync("contact", 7, TimeSpan.FromHours(1), CancellationToken.None) is { Count: > 0 } keys) mine.AddRange(keys);
            return mine;
        })));
        // A pump that finds the last rows held by another ends early; nobody's rows are lost by that.
        var rest = await store.TakeDueAsync("contact", 300, TimeSpan.FromHours(1), CancellationToken.None);
        Assert.Equal(Enumerable.Range(0, 300).Select(i => $"{i}").Order(StringComparer.Ordinal), taken.SelectMany(keys => keys).Concat(rest).Order(StringComparer.Ordinal));
    }

    [PostgresFact]
    public async Task A_pump_passes_over_what_is_being_saved()
    {
        var store = postgres.Emptied();
        foreach (var key in (string[])["held", "free"]) await store.SaveAsync(Saves.Due(key, StoreTime.FromMicroseconds(0)), CancellationToken.None);
        await using var held = await postgres.HoldAsync("held");
        Assert.Equal(["free"], await store.TakeDueAsync("contact", 10, TimeSpan.FromHours(1), CancellationToken.None));
    }

    [PostgresFact]
    public async Task What_a_text_of_PostgreSQL_cannot_hold_is_replaced_and_does_not_stop_the_save()
    {
        var store = postgres.Emptied();
        var row = Saves.Row() with { OriginalFilename = "a\0b\uD800c😀" };
        Assert.True((await store.SaveAsync(Saves.Of("a", 0, new UploadAdded(row)), CancellationToken.None)).Saved);
        Assert.Equal("a\uFFFDb\uFFFDc😀", (await store.FindAsync(row.Id, CancellationToken.None))!.OriginalFilename);
        await Assert.ThrowsAsync<ArgumentException>(async () => await store.LoadAsync(new ActorKey("contact", "a\0"), CancellationToken.None));
    }

    [PostgresFact]
    public async Task Many_uploads_in_one_save_are_written_as_several_saves_would()
    {
        var store = postgres.Emptied();
        UploadRow[] rows = [Saves.Row(sequence: 1), Saves.Row(sequence: 2), Saves.Row(sequence: 3)];
        var first = await store.SaveAsync(Saves.Of("a", 0, [.. rows.Select(row => new UploadAdded(row))]), CancellationToken.None);
        await store.SaveAsync(
            Saves.Of(
                "a", first.Version,
                Saves.Moved(rows[0].Id, UploadStatus.Delivering, Saves.Created), Saves.Moved(rows[0].Id, UploadStatus.Delivered, Saves.Created) with { Result = "{}" }, new FileDropped(rows[0].Id, 1),
                Saves.Moved(rows[1].Id, UploadStatus.Failed, Saves.Created), Saves.Moved(rows[2].Id, UploadStatus.Delivering, Saves.Created) with { Attempts = 4 }),
            CancellationToken.None);
        var found = await store.ListAsync("c", null, 10, CancellationToken.None);
        Assert.Equal([UploadStatus.Delivering, UploadStatus.Failed, UploadStatus.Delivered], found.Select(row => row.Status));
        Assert.Equal(("{}", 4), (found[2].Result!, found[0].Attempts));
        Assert.Equal(new Backlog(1, 1, 10, Saves.Created), await store.BacklogAsync(CancellationToken.None));
        Assert.Equal([rows[1].Id], await store.DropFailedFilesAsync(Saves.Created.AddHours(1), 10, CancellationToken.None));
    }

    /// <summary>Statements that the driver sent to one database.</summary>
    private sealed class CountedStatements : IDisposable
    {
        private readonly ActivityListener _listener;
        private int _count;

        public CountedStatements(string database)
        {
            _listener = new ActivityListener
            {
                ShouldListenTo = source => string.Equals(source.Name, "Npgsql", StringComparison.Ordinal),
                Sample = (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllData,
                ActivityStopped = activity =>
                {
                    if (activity.TagObjects.Any(tag => tag.Value is string value && string.Equals(value, database, StringComparison.Ordinal))) Interlocked.Increment(ref _count);
                },
            };
            ActivitySource.AddActivityListener(_listener);
        }

        public int Count => Volatile.Read(ref _count);

        public void Dispose() => _listener.Dispose();
    }
}
