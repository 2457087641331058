using Gatehouse.Actors.Engine;

namespace Gatehouse.Actors.Tests.Engine;

/// <summary>What the engine makes of a store's faults, whatever the store.</summary>
public abstract class StoredEngineFaultContract
{
    private readonly TallyKind _kind = new();
    private readonly FaultyStore _store;

    private protected StoredEngineFaultContract(IActorStore store) => _store = new FaultyStore(store);

    [ContractFact]
    public async Task A_save_whose_answer_was_lost_is_run_again_and_applied_once()
    {
        var engine = Engine();
        _store.Next(Fault.AfterCommit);
        Assert.Equal(5, await engine.AskAsync("a", new Add("a", 5)));
        Assert.Equal(5, await Engine().AskAsync("a", new Look("a")));
        Assert.Equal(3, _store.Loads);
    }

    [ContractFact]
    public async Task A_save_that_failed_is_tried_again_on_a_fresh_state()
    {
        _store.Next(Fault.BeforeCommit, Fault.BeforeCommit);
        Assert.Equal(5, await Engine().AskAsync("a", new Add("a", 5)));
        Assert.Equal(3, _store.Saves);
        Assert.Equal(3, _store.Loads);
    }

    [ContractFact]
    public async Task A_lost_race_loads_again_and_runs_again()
    {
        var one = Engine();
        var other = Engine();
        await one.AskAsync("a", new Add("a", 1));
        await other.AskAsync("a", new Add("a", 10));
        // The first engine still holds the state of before.
        Assert.Equal(111, await one.AskAsync("a", new Add("a", 100)));
    }

    [ContractFact]
    public async Task A_store_that_goes_on_failing_ends_in_a_typed_exception_and_the_key_works_afterwards()
    {
        var engine = Engine();
        _store.Next(Fault.BeforeCommit, Fault.LostRace, Fault.BeforeCommit, Fault.LostRace, Fault.BeforeCommit);
        var failure = await Assert.ThrowsAsync<StoreUnavailableException>(async () => await engine.AskAsync("a", new Add("a", 1)));
        Assert.IsType<IOException>(failure.InnerException);
        Assert.Equal(5, _store.Saves);
        Assert.Equal(1, await engine.AskAsync("a", new Add("a", 1)));
    }

    [ContractFact]
    public async Task Races_lost_to_other_nodes_are_run_again_far_beyond_what_a_failing_store_is_given()
    {
        _store.Next([.. Enumerable.Repeat(Fault.LostRace, 4)]);
        Assert.Equal(1, await Engine().AskAsync("a", new Add("a", 1)));
        Assert.Equal(5, _store.Saves);
    }

    [ContractFact]
    public async Task A_batch_that_loses_every_race_ends_in_a_typed_exception_and_the_key_works_afterwards()
    {
        var engine = Engine();
        _store.Next([.. Enumerable.Repeat(Fault.LostRace, 5)]);
        await Assert.ThrowsAsync<StoreUnavailableException>(async () => await engine.AskAsync("a", new Add("a", 1)));
        Assert.Equal(5, _store.Saves);
        Assert.Equal(1, await engine.AskAsync("a", new Add("a", 1)));
    }

    [ContractFact]
    public async Task A_state_of_a_newer_schema_is_left_alone_with_an_error()
    {
        var newer = new StoredEngine<Tally, TallyCommand, long>(new TallyKind { SchemaWritten = 2 }, _store, [], TimeProvider.System, new StoredEngineOptions());
        await newer.AskAsync("a", new Add("a", 1));
        var before = await _store.LoadAsync(new ActorKey("tally", "a"), CancellationToken.None);
        var error = await Assert.ThrowsAsync<NewerSchemaException>(async () => await Engine().AskAsync("a", new Add("a", 1)));
        Assert.Contains("schema 2", error.Message, StringComparison.Ordinal);
        var after = await _store.LoadAsync(new ActorKey("tally", "a"), CancellationToken.None);
        Assert.Equal(before.Version, after.Version);
        Assert.Equal(before.State.ToArray(), after.State.ToArray());
    }

    [ContractFact]
    public async Task Where_others_may_write_a_busy_key_is_loaded_once_and_a_state_grown_old_costs_a_lost_race()
    {
        var (one, other) = (Engine(soleOwner: false), Engine(soleOwner: false));
        await one.AskAsync("a", new Add("a", 1));
        await one.AskAsync("a", new Add("a", 1));
        Assert.Equal((1, 2), (_store.Loads, _store.Saves));
        await other.AskAsync("a", new Add("a", 10));
        Assert.Equal(112, await one.AskAsync("a", new Add("a", 100)));
        Assert.Equal((3, 5), (_store.Loads, _store.Saves));
        await other.AskAsync("a", new Add("a", 1000));
        Assert.Equal(1112, await one.AskAsync("a", new Look("a")));
    }

    private StoredEngine<Tally, TallyCommand, long> Engine(bool soleOwner = true) =>
        new(_kind, _store, [], TimeProvider.System, new StoredEngineOptions { SoleOwner = soleOwner, MaxTries = 3, MaxRaces = 5, RetryPause = TimeSpan.FromMilliseconds(1) });
}
