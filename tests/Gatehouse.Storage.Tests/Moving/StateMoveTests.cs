using Gatehouse.Actors;
using Gatehouse.Storage.Moving;
using Gatehouse.Storage.Postgres;
using Gatehouse.Storage.Sqlite;
using Gatehouse.Storage.Tests.Postgres;

namespace Gatehouse.Storage.Tests.Moving;

public sealed class StateMoveTests : IDisposable
{
    private readonly Lazy<TestDatabase> _target = new(() => new TestDatabase());

    private TestDatabase Target => _target.Value;

    [PostgresFact]
    public async Task What_the_folder_holds_reads_the_same_from_the_database()
    {
        using var folder = await MovedFolder.MakeAsync();
        await MoveAsync(folder);
        await AssertMovedAsync(folder);
    }

    [PostgresFact]
    public async Task A_move_that_is_cut_off_again_and_again_goes_on_where_it_was()
    {
        using var folder = await MovedFolder.MakeAsync();
        PostgresDatabase.Open(Target.ConnectionString).Dispose();
        await using var proxy = new CutProxy(TestDatabase.Server.Port);
        var cuts = 0;
        for (var others = 4; ; others += 2)
        {
            var cut = proxy.LoseAnswer(others);
            try
            {
                await MoveAsync(folder, TestDatabase.Server.ConnectionString(Target.Name, proxy.Port), portion: 2);
                if (!cut.IsCompleted) break;
            }
            catch (Exception e) when (e is StoreUnavailableException or DatabaseUnusableException or Npgsql.NpgsqlException or IOException)
            {
                Assert.True(cut.IsCompleted, e.ToString());
                cuts++;
                // Nobody serves a half of it, neither here nor there.
                if (Target.Ask<long>("SELECT count(*) FROM gatehouse.meta WHERE name = 'move'") > 0 && !Finished())
                    Assert.Throws<DatabaseUnusableException>(() => PostgresDatabase.Open(Target.ConnectionString));
            }
        }
        Assert.True(cuts > 3);
        await AssertMovedAsync(folder);

        bool Finished() => Target.Ask<string>("SELECT value FROM gatehouse.meta WHERE name = 'move'").Contains($"\"Step\":{(int)MoveStep.Finished}", StringComparison.Ordinal);
    }

    [PostgresFact]
    public async Task Files_may_stay_in_the_folder_for_nodes_that_see_it()
    {
        using var folder = await MovedFolder.MakeAsync();
        await StateMove.RunAsync(folder.Path, Target.ConnectionString, blobsToo: false, TimeProvider.System, static _ => { }, CancellationToken.None);
        Assert.Equal(0, Target.Ask<long>("SELECT count(*) FROM gatehouse.blobs"));
        Assert.Equal(2, Target.Ask<long>("SELECT count(*) FROM gatehouse.files WHERE bytes IS NULL"));
        Assert.All(folder.Blobs.Keys, id => Assert.True(File.Exists(Path.Combine(folder.Path, "blobs", id.ToString()))));
    }

    [PostgresFact]
    public async Task A_database_that_holds_something_else_is_left_alone()
    {
        using var folder = await MovedFolder.MakeAsync();
        using (var database = PostgresDatabase.Open(Target.ConnectionString))
        {
            var running = await Assert.ThrowsAsync<MoveRefusedException>(() => MoveAsync(folder));
            Assert.Contains("Nodes run", running.Message, StringComparison.Ordinal);
            await new PostgresStore(database).SaveAsync(Saves.Of("a", 0), CancellationToken.None);
        }
        Assert.Contains("not empty", (await Assert.ThrowsAsync<MoveRefusedException>(() => MoveAsync(folder))).Message, StringComparison.Ordinal);
        Target.Execute("TRUNCATE gatehouse.actors");
        using (var other = await MovedFolder.MakeAsync()) await MoveAsync(other);
        Assert.Contains("another folder", (await Assert.ThrowsAsync<MoveRefusedException>(() => MoveAsync(folder))).Message, StringComparison.Ordinal);
        SqliteStore.Open(folder.Database, TimeProvider.System).Dispose();
    }

    [PostgresFact]
    public async Task A_folder_in_use_or_without_a_database_is_not_moved()
    {
        using var folder = await MovedFolder.MakeAsync();
        using (DataFolder.Open(folder.Path)) await Assert.ThrowsAsync<DataFolderException>(() => MoveAsync(folder));
        File.Delete(folder.Database);
        await Assert.ThrowsAsync<MoveRefusedException>(() => MoveAsync(folder));
    }

    [PostgresFact]
    public async Task A_difference_that_the_comparison_finds_stops_the_move_before_its_end()
    {
        using var folder = await MovedFolder.MakeAsync();
        var refused = await Assert.ThrowsAsync<MoveRefusedException>(() => MoveAsync(folder, tell: said =>
        {
            if (said.StartsWith("Compared:", StringComparison.Ordinal)) Target.Execute("UPDATE gatehouse.uploads SET attempts = attempts + 1 WHERE sequence = 3");
        }));
        Assert.Contains("The uploads differ", refused.Message, StringComparison.Ordinal);
        Assert.Throws<DatabaseUnusableException>(() => PostgresDatabase.Open(Target.ConnectionString));
        SqliteStore.Open(folder.Database, TimeProvider.System).Dispose();
    }

    [PostgresFact]
    public async Task A_blob_whose_copy_is_damaged_stops_the_move_before_its_end()
    {
        using var folder = await MovedFolder.MakeAsync();
        await Assert.ThrowsAsync<MoveRefusedException>(() => MoveAsync(folder, tell: said =>
        {
            if (said.StartsWith("Compared:", StringComparison.Ordinal)) Target.Execute("UPDATE gatehouse.blob_parts SET bytes = set_byte(bytes, 0, get_byte(bytes, 0) # 1)");
        }));
    }

    [PostgresFact]
    public async Task After_the_move_the_folder_serves_no_more_and_moving_again_changes_nothing()
    {
        using var folder = await MovedFolder.MakeAsync();
        await MoveAsync(folder);
        Assert.Contains("State:Store", Assert.Throws<StateMovedException>(() => SqliteStore.Open(folder.Database, TimeProvider.System)).Message, StringComparison.Ordinal);
        using (var database = PostgresDatabase.Open(Target.ConnectionString)) await new PostgresStore(database).SaveAsync(Saves.Of("new", 0), CancellationToken.None);
        var rows = Target.Ask<long>("SELECT count(*) FROM gatehouse.actors");
        await MoveAsync(folder);
        Assert.Equal(rows, Target.Ask<long>("SELECT count(*) FROM gatehouse.actors"));
    }

    public void Dispose()
    {
        if (_target.IsValueCreated) _target.Value.Dispose();
    }

    private Task MoveAsync(MovedFolder folder, string? connectionString = null, int portion = 7, Action<string>? tell = null) =>
        StateMove.RunAsync(folder.Path, connectionString ?? Target.ConnectionString, blobsToo: true, TimeProvider.System, tell ?? (static _ => { }), portion, CancellationToken.None);

    private async Task AssertMovedAsync(MovedFolder folder)
    {
        using var database = PostgresDatabase.Open(Target.ConnectionString);
        var store = new PostgresStore(database);
        foreach (var (key, saved) in folder.Actors)
        {
            var loaded = await store.LoadAsync(new ActorKey("contact", key), CancellationToken.None);
            Assert.Equal((saved.Version, 3), (loaded.Version, loaded.Schema));
        }
        Assert.Equal(folder.Actors.Count, Target.Ask<long>("SELECT count(*) FROM gatehouse.actors"));
        foreach (var upload in folder.Uploads)
        {
            var found = await store.FindAsync(upload.Id, CancellationToken.None);
            Assert.Equal(upload with { OriginalFilename = "Фото\uFFFD.png", Flags = found!.Flags }, found);
        }
        foreach (var (id, bytes) in folder.Small) Assert.Equal(bytes, await ((ISmallFiles)store).ReadAsync(id));
        using var spool = new TemporaryFolder();
        var blobs = new PostgresBlobStore(database, new Spool(spool.Path), TimeProvider.System);
        foreach (var (id, bytes) in folder.Blobs)
        {
            using var blob = await blobs.OpenAsync(id, CancellationToken.None);
            Assert.Equal(bytes, Saves.Whole(blob!));
        }
        Assert.Equal([folder.Uploads[1].Id], await store.DropFailedFilesAsync(DateTimeOffset.UtcNow, 10, CancellationToken.None));
        Assert.Empty(await store.DropLinkedFilesAsync(MovedFolder.LinkUntil, 10, CancellationToken.None));
        Assert.Equal([folder.Uploads[2].Id], await store.DropLinkedFilesAsync(MovedFolder.LinkUntil.AddSeconds(1), 10, CancellationToken.None));
        Assert.Equal(3, (await store.BacklogAsync(CancellationToken.None)).Uploads);
        Assert.True((await store.SaveAsync(Saves.Of("gone", 0), CancellationToken.None)).Version > folder.Forgotten);
    }
}
