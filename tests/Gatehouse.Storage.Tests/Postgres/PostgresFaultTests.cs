using Gatehouse.Actors;
using Gatehouse.Storage.Postgres;

namespace Gatehouse.Storage.Tests.Postgres;

public sealed class PostgresFaultTests(PostgresFixture postgres) : IClassFixture<PostgresFixture>
{
    private static readonly ActorKey Key = new("contact", "a");

    [PostgresFact]
    public async Task A_connection_killed_in_the_middle_of_a_save_is_an_exception_and_nothing_is_written()
    {
        var store = postgres.Emptied();
        var first = await store.SaveAsync(Saves.Of("a", 0), CancellationToken.None);
        var row = Saves.Row();
        Task<SaveOutcome> saving;
        await using (await postgres.HoldAsync("a"))
        {
            saving = store.SaveAsync(Saves.Of("a", first.Version, new UploadAdded(row)), CancellationToken.None).AsTask();
            await postgres.KillWhoWaitsAsync();
            await Assert.ThrowsAsync<StoreUnavailableException>(() => saving);
        }
        Assert.Equal(first.Version, (await store.LoadAsync(Key, CancellationToken.None)).Version);
        Assert.Null(await store.FindAsync(row.Id, CancellationToken.None));
        Assert.True((await store.SaveAsync(Saves.Of("a", first.Version, new UploadAdded(row)), CancellationToken.None)).Saved);
    }

    [PostgresFact]
    public async Task A_commit_whose_answer_is_lost_is_an_exception_and_the_next_load_shows_it()
    {
        postgres.Emptied();
        await using var proxy = new CutProxy(TestDatabase.Server.Port);
        using var behind = PostgresDatabase.Open(TestDatabase.Server.ConnectionString(postgres.Database.Name, proxy.Port));
        var store = new PostgresStore(behind);
        var first = await store.SaveAsync(Saves.Of("a", 0), CancellationToken.None);
        var row = Saves.Row();
        var lost = proxy.LoseAnswer();
        await Assert.ThrowsAsync<StoreUnavailableException>(
            async () => await store.SaveAsync(Saves.Of("a", first.Version, new UploadAdded(row)) with { State = new byte[] { 9 } }, CancellationToken.None));
        await lost;
        var loaded = await store.LoadAsync(Key, CancellationToken.None);
        Assert.True(loaded.Version > first.Version);
        Assert.Equal([9], loaded.State.ToArray());
        Assert.NotNull(await store.FindAsync(row.Id, CancellationToken.None));
        Assert.False((await store.SaveAsync(Saves.Of("a", first.Version), CancellationToken.None)).Saved);
    }

    [PostgresFact]
    public async Task A_server_that_was_restarted_is_used_again_and_has_kept_what_was_saved()
    {
        using var server = PostgresServer.StartOwn();
        using var database = PostgresDatabase.Open(server.ConnectionString("postgres"));
        var store = new PostgresStore(database);
        var saved = await store.SaveAsync(Saves.Of("a", 0), CancellationToken.None);
        server.Stop();
        await Assert.ThrowsAsync<StoreUnavailableException>(async () => await store.SaveAsync(Saves.Of("a", saved.Version), CancellationToken.None));
        await Assert.ThrowsAsync<StoreUnavailableException>(async () => await store.FindAsync(UploadId.New(), CancellationToken.None));
        await Assert.ThrowsAsync<StoreUnavailableException>(async () => await ((ISmallFiles)store).OpenAsync(UploadId.New(), CancellationToken.None));
        server.Start();
        Assert.Equal(saved.Version, (await store.LoadAsync(Key, CancellationToken.None)).Version);
        Assert.True((await store.SaveAsync(Saves.Of("a", saved.Version), CancellationToken.None)).Saved);
    }

    [PostgresFact]
    public async Task A_save_that_cannot_be_written_writes_nothing()
    {
        var store = postgres.Emptied();
        var row = Saves.Row();
        await store.SaveAsync(Saves.Of("first", 0, new UploadAdded(row)), CancellationToken.None);
        await Assert.ThrowsAsync<StoreUnavailableException>(async () => await store.SaveAsync(Saves.Of("poisoned", 0, new UploadAdded(row)), CancellationToken.None));
        Assert.Equal(0, (await store.LoadAsync(new ActorKey("contact", "poisoned"), CancellationToken.None)).Version);
    }
}
