using Gatehouse.Actors;
using Gatehouse.Storage.Sqlite;

namespace Gatehouse.Storage.Tests;

public sealed class SqliteStoreTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly ManualTime _clock = new();

    private string Database => _folder.File("gatehouse.db");

    [Fact]
    public async Task Saves_that_come_together_share_commits_and_a_lost_race_among_them_fails_alone()
    {
        using var store = Open();
        await store.SaveAsync(Saves.Of("taken", 0), CancellationToken.None);
        var commits = store.Commits;
        var saves = Enumerable.Range(0, 200).Select(i => store.SaveAsync(Saves.Of($"{i}", 0), CancellationToken.None).AsTask()).ToList();
        saves.Insert(100, store.SaveAsync(Saves.Of("taken", 0), CancellationToken.None).AsTask());
        var outcomes = await Task.WhenAll(saves);
        Assert.Equal(200, outcomes.Count(outcome => outcome.Saved));
        Assert.False(outcomes[100].Saved);
        Assert.InRange(store.Commits - commits, 1, 100);
        Assert.Equal(202, store.Saves);
    }

    /// <summary>A host that offers it under several interfaces disposes it once for each.</summary>
    [Fact]
    public void It_may_be_disposed_more_than_once()
    {
        var store = Open();
        store.Dispose();
        store.Dispose();
    }

    [Fact]
    public async Task A_save_that_cannot_be_written_fails_alone()
    {
        using var store = Open();
        var row = Saves.Row();
        await store.SaveAsync(Saves.Of("first", 0, new UploadAdded(row)), CancellationToken.None);
        var saves = Enumerable.Range(0, 50).Select(i => store.SaveAsync(Saves.Of($"{i}", 0), CancellationToken.None).AsTask()).ToList();
        var poisoned = store.SaveAsync(Saves.Of("poisoned", 0, new UploadAdded(row)), CancellationToken.None).AsTask();
        saves.AddRange(Enumerable.Range(50, 50).Select(i => store.SaveAsync(Saves.Of($"{i}", 0), CancellationToken.None).AsTask()));
        Assert.All(await Task.WhenAll(saves), outcome => Assert.True(outcome.Saved));
        await Assert.ThrowsAsync<StoreFailedException>(() => poisoned);
        Assert.Equal(0, (await store.LoadAsync(new ActorKey("contact", "poisoned"), CancellationToken.None)).Version);
    }

    [Fact]
    public async Task A_save_waits_for_another_programs_lock_on_the_database()
    {
        using var store = Open();
        using var other = new Connection(Database, readOnly: false);
        other.Execute("BEGIN IMMEDIATE");
        var save = store.SaveAsync(Saves.Of("a", 0), CancellationToken.None).AsTask();
        // Where it does not wait it has failed long before.
        Assert.False(SpinWait.SpinUntil(() => save.IsCompleted, TimeSpan.FromMilliseconds(500)), $"It did not wait: {save.Exception?.Message}");
        other.Execute("COMMIT");
        Assert.True((await save).Saved);
    }

    [Fact]
    public async Task What_was_saved_is_in_the_files_the_moment_the_save_returns()
    {
        using var store = Open();
        var row = Saves.Row();
        for (var i = 0; i < 20; i++)
        {
            var saved = await store.SaveAsync(Saves.Of($"{i}", 0, i == 0 ? [new UploadAdded(row)] : []), CancellationToken.None);
            // What a crash at this moment would leave: the files as they are, and nothing of the process.
            using var crashed = new TemporaryFolder();
            foreach (var file in (string[])["gatehouse.db", "gatehouse.db-wal"]) File.Copy(_folder.File(file), crashed.File(file));
            using var again = SqliteStore.Open(crashed.File("gatehouse.db"), _clock);
            Assert.Equal(saved.Version, (await again.LoadAsync(new ActorKey("contact", $"{i}"), CancellationToken.None)).Version);
            Assert.NotNull(await again.FindAsync(row.Id, CancellationToken.None));
        }
    }

    [Fact]
    public async Task Closing_commits_what_was_asked_before_and_refuses_what_comes_after()
    {
        var store = Open();
        var saves = Enumerable.Range(0, 100).Select(i => store.SaveAsync(Saves.Of($"{i}", 0), CancellationToken.None).AsTask()).ToList();
        store.Dispose();
        Assert.All(await Task.WhenAll(saves), outcome => Assert.True(outcome.Saved));
        await Assert.ThrowsAsync<ObjectDisposedException>(async () => await store.SaveAsync(Saves.Of("late", 0), CancellationToken.None));
        await Assert.ThrowsAsync<ObjectDisposedException>(async () => await store.LoadAsync(new ActorKey("contact", "1"), CancellationToken.None));
        Assert.False(File.Exists(Database + "-wal"));
    }

    [Fact]
    public async Task A_start_makes_what_a_dead_process_had_claimed_due_at_once()
    {
        using (var store = Open())
        {
            await store.SaveAsync(Saves.Due("claimed", _clock.Now + TimeSpan.FromSeconds(9)), CancellationToken.None);
            await store.SaveAsync(Saves.Due("backing off", _clock.Now + TimeSpan.FromSeconds(20)), CancellationToken.None);
        }
        using var again = Open();
        Assert.Equal(1, await again.ReclaimAtStartAsync(TimeSpan.FromSeconds(10)));
        Assert.Equal(["claimed"], await again.TakeDueAsync("contact", 10, TimeSpan.FromSeconds(10), CancellationToken.None));
    }

    [Fact]
    public async Task A_database_of_a_newer_release_is_left_alone_with_a_clear_error()
    {
        Open().Dispose();
        using (var db = new Connection(Database, readOnly: false)) db.Execute("UPDATE meta SET value = 99 WHERE name = 'schema_version'; PRAGMA wal_checkpoint(TRUNCATE)");
        var before = await File.ReadAllBytesAsync(Database);
        var error = Assert.Throws<NewerSchemaException>(Open);
        Assert.Contains("schema 99", error.Message, StringComparison.Ordinal);
        Assert.Contains("Data:Directory", error.Message, StringComparison.Ordinal);
        Assert.Equal(before, await File.ReadAllBytesAsync(Database));
    }

    [Fact]
    public async Task A_file_that_is_no_database_is_refused_and_left_alone()
    {
        await File.WriteAllTextAsync(Database, new string('x', 5000));
        Assert.Throws<StoreFailedException>(Open);
        Assert.Equal(new string('x', 5000), await File.ReadAllTextAsync(Database));
    }

    /// <summary>Written by the release that made schema 1. It is read for ever; never write it anew.</summary>
    [Fact]
    public async Task The_sample_of_schema_1_is_read()
    {
        File.Copy(Path.Combine(AppContext.BaseDirectory, "Samples", "store-1.db"), Database);
        Directory.CreateDirectory(_folder.File("segments"));
        File.Copy(Path.Combine(AppContext.BaseDirectory, "Samples", "segments", "0000.seg"), _folder.File("segments/0000.seg"));
        using var store = Open();
        var actor = await store.LoadAsync(new ActorKey("contact", "email:ann@example.org"), CancellationToken.None);
        Assert.Equal(3, actor.Schema);
        Assert.Equal([1, 2, 3], actor.State.ToArray());
        var rows = await store.ListAsync("email:ann@example.org", null, 10, CancellationToken.None);
        Assert.Equal([UploadStatus.Queued, UploadStatus.Delivered], rows.Select(row => row.Status));
        Assert.Equal("Фото.png", rows[1].OriginalFilename);
        Assert.Equal("{\"id\":\"1\"}", rows[1].Result);
        Assert.Equal([1, 2], await ((ISmallFiles)store).ReadAsync(rows[0].Id));
        var inSegment = Assert.Single(await store.ListAsync("email:bob@example.org", null, 10, CancellationToken.None));
        Assert.Equal([1, 2, 3, 4, 5], await ((ISmallFiles)store).ReadAsync(inSegment.Id));
        Assert.Equal(["email:ann@example.org"], await store.TakeDueAsync("contact", 10, TimeSpan.FromSeconds(10), CancellationToken.None));
    }

    public void Dispose() => _folder.Dispose();

    private SqliteStore Open() => SqliteStore.Open(Database, _clock);
}
