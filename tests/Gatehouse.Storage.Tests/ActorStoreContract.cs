using Gatehouse.Actors;

namespace Gatehouse.Storage.Tests;

/// <summary>What every store of states keeps to.</summary>
public abstract class ActorStoreContract
{
    private protected ManualTime Clock { get; } = new();

    private protected abstract IActorStore Store { get; }

    [ContractFact]
    public async Task A_key_that_was_never_saved_has_version_zero()
    {
        var loaded = await LoadAsync("a");
        Assert.Equal(0, loaded.Version);
        Assert.Equal(Clock.Now, loaded.Now);
    }

    [ContractFact]
    public async Task A_saved_state_is_loaded_with_its_version_schema_and_the_stores_time()
    {
        var saved = await SaveAsync(Saves.Of("a", 0));
        Assert.True(saved.Saved);
        Assert.Equal(Clock.Now, saved.Now);
        var loaded = await LoadAsync("a");
        Assert.Equal(saved.Version, loaded.Version);
        Assert.Equal(3, loaded.Schema);
        Assert.Equal([1, 2, 3], loaded.State.ToArray());
        Assert.Equal(0, (await LoadAsync("A")).Version);
    }

    [ContractFact]
    public async Task A_save_on_a_version_that_no_longer_holds_changes_nothing()
    {
        var first = await SaveAsync(Saves.Of("a", 0));
        var row = Saves.Row();
        Assert.False((await SaveAsync(Saves.Of("a", 0, new UploadAdded(row)))).Saved);
        Assert.False((await SaveAsync(Saves.Of("a", first.Version + 1, new UploadAdded(row)))).Saved);
        Assert.False((await SaveAsync(Saves.Forgetting("a", first.Version + 1))).Saved);
        Assert.False((await SaveAsync(Saves.Forgetting("a", 0))).Saved);
        Assert.Equal(first.Version, (await LoadAsync("a")).Version);
        Assert.Null(await ((IUploadRows)Store).FindAsync(row.Id, CancellationToken.None));
        Assert.True((await SaveAsync(Saves.Of("a", first.Version) with { State = new byte[] { 9 } })).Version > first.Version);
        Assert.Equal([9], (await LoadAsync("a")).State.ToArray());
    }

    [ContractFact]
    public async Task A_forgotten_key_is_gone_and_its_versions_never_come_again_even_if_the_clock_goes_back()
    {
        var version = (await SaveAsync(Saves.Of("a", 0))).Version;
        version = (await SaveAsync(Saves.Of("a", version))).Version;
        Assert.Equal(0, (await SaveAsync(Saves.Forgetting("a", version))).Version);
        Assert.Equal(0, (await LoadAsync("a")).Version);
        Clock.Now -= TimeSpan.FromDays(1);
        Assert.True((await SaveAsync(Saves.Of("a", 0))).Version > version);
    }

    [ContractFact]
    public async Task Forgetting_what_was_never_stored_is_fine()
    {
        Assert.Equal(new SaveOutcome(Saved: true, 0, Clock.Now), await SaveAsync(Saves.Forgetting("a", 0)));
        Assert.Equal(0, (await LoadAsync("a")).Version);
    }

    [ContractFact]
    public async Task Due_actors_of_a_kind_are_taken_earliest_first_up_to_the_limit_and_moved_on()
    {
        foreach (var seconds in (int[])[1, 3, 2, -5]) await SaveAsync(Saves.Due($"{seconds}", Clock.Now - TimeSpan.FromSeconds(seconds)));
        await SaveAsync(Saves.Due("token", Clock.Now - TimeSpan.FromSeconds(9)) with { Key = new ActorKey("token", "token") });
        Assert.Equal(["3", "2"], await TakeAsync(2));
        Assert.Equal(["1"], await TakeAsync(10));
        Assert.Empty(await TakeAsync(10));
        Assert.Equal(TimeSpan.FromSeconds(5), await Store.UntilDueAsync("contact", CancellationToken.None));
        Clock.Now += TimeSpan.FromSeconds(10);
        Assert.Equal(4, (await TakeAsync(10)).Count);
    }

    [ContractFact]
    public async Task Taking_does_not_touch_the_version_so_a_save_under_way_still_holds()
    {
        var saved = await SaveAsync(Saves.Due("a", Clock.Now));
        await TakeAsync(1);
        Assert.True((await SaveAsync(Saves.Of("a", saved.Version))).Saved);
        Assert.Null(await Store.UntilDueAsync("contact", CancellationToken.None));
    }

    [ContractFact]
    public async Task Hastening_makes_waiting_actors_due_now_and_no_others()
    {
        await SaveAsync(Saves.Due("waiting", Clock.Now + TimeSpan.FromSeconds(30), waiting: true));
        await SaveAsync(Saves.Due("own fault", Clock.Now + TimeSpan.FromSeconds(30)));
        Assert.Equal(1, await Store.HastenAsync("contact", CancellationToken.None));
        Assert.Equal(["waiting"], await TakeAsync(10));
    }

    [Fact]
    public async Task What_is_due_later_than_any_wait_lasts_is_pulled_in_where_uploads_are_unfinished()
    {
        foreach (var (contact, due, ended) in ((string, TimeSpan, bool)[])[("ahead", TimeSpan.FromHours(5), false), ("waiting", TimeSpan.FromMinutes(9), false), ("ended", TimeSpan.FromHours(5), true)])
        {
            var row = Saves.Row(contact);
            Record[] records = ended ? [new UploadAdded(row), Saves.Moved(row.Id, UploadStatus.Delivered, Clock.Now), new FileDropped(row.Id, 10)] : [new UploadAdded(row)];
            await SaveAsync(Saves.Due(contact, Clock.Now + due) with { Records = records });
        }
        Assert.Equal(1, await Store.PullInAsync("contact", TimeSpan.FromMinutes(10), CancellationToken.None));
        Assert.Equal(["ahead"], await TakeAsync(10));
    }

    private protected async Task<SaveOutcome> SaveAsync(ActorSave save) => await Store.SaveAsync(save, CancellationToken.None);

    private protected async Task<StoredActor> LoadAsync(string key) => await Store.LoadAsync(new ActorKey("contact", key), CancellationToken.None);

    private async Task<IReadOnlyList<string>> TakeAsync(int limit) => await Store.TakeDueAsync("contact", limit, TimeSpan.FromSeconds(10), CancellationToken.None);
}
