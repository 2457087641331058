using Gatehouse.Actors.Engine;
using Gatehouse.Storage.Memory;

namespace Gatehouse.Actors.Tests.Engine;

public sealed class StoredEngineFaultTests
{
    private readonly MemoryStore _memory = new(TimeProvider.System);
    private readonly TallyKind _kind = new();
    private readonly FaultyStore _store;

    public StoredEngineFaultTests() => _store = new FaultyStore(_memory);

    [Fact]
    public async Task A_save_whose_answer_was_lost_is_run_again_and_applied_once()
    {
        var engine = Engine();
        _store.Next(Fault.AfterCommit);
        Assert.Equal(5, await engine.AskAsync("a", new Add("a", 5)));
        Assert.Equal(5, await Engine().AskAsync("a", new Look("a")));
        Assert.Equal(3, _store.Loads);
    }

    [Fact]
    public async Task A_save_that_failed_is_tried_again_on_a_fresh_state()
    {
        _store.Next(Fault.BeforeCommit, Fault.BeforeCommit);
        Assert.Equal(5, await Engine().AskAsync("a", new Add("a", 5)));
        Assert.Equal(3, _store.Saves);
        Assert.Equal(3, _store.Loads);
    }

    [Fact]
    public async Task A_lost_race_loads_again_and_runs_again()
    {
        var one = Engine();
        var other = Engine();
        await one.AskAsync("a", new Add("a", 1));
        await other.AskAsync("a", new Add("a", 10));
        // The first engine still holds the state of before.
        Assert.Equal(111, await one.AskAsync("a", new Add("a", 100)));
    }

    [Fact]
    public async Task A_store_that_goes_on_failing_ends_in_a_typed_exception_and_the_key_works_afterwards()
    {
        var engine = Engine();
        _store.Next(Fault.BeforeCommit, Fault.LostRace, Fault.BeforeCommit);
        var failure = await Assert.ThrowsAsync<StoreUnavailableException>(async () => await engine.AskAsync("a", new Add("a", 1)));
        Assert.IsType<IOException>(failure.InnerException);
        Assert.Equal(3, _store.Saves);
        Assert.Equal(1, await engine.AskAsync("a", new Add("a", 1)));
    }

    [Fact]
    public async Task Where_others_may_write_a_reading_turn_answers_from_a_state_loaded_after_it_was_asked()
    {
        var other = Engine(soleOwner: false);
        // The other node writes right after this one's save, while the reading turn still waits in the mailbox.
        var writes = new AfterCommit(() => other.AskAsync("a", new Add("a", 10)).AsTask());
        var one = new StoredEngine<Tally, TallyCommand, long>(_kind, _store, [writes], TimeProvider.System, new StoredEngineOptions { SoleOwner = false });
        _store.Hold();
        var saving = one.AskAsync("a", new Add("a", 1) { Records = [new FileDropped(UploadId.New(), 1)] }).AsTask();
        await _store.SaveArrived;
        var reading = one.AskAsync("a", new Look("a")).AsTask();
        _store.LetGo();
        Assert.Equal(1, await saving);
        Assert.Equal(11, await reading);
        Assert.True(writes.WereReadyAtOnce);
    }

    [Fact]
    public async Task A_state_of_a_newer_schema_is_left_alone_with_an_error()
    {
        var newer = new StoredEngine<Tally, TallyCommand, long>(new TallyKind { SchemaWritten = 2 }, _store, [], TimeProvider.System, new StoredEngineOptions());
        await newer.AskAsync("a", new Add("a", 1));
        var before = await _memory.LoadAsync(new ActorKey("tally", "a"), CancellationToken.None);
        var error = await Assert.ThrowsAsync<NewerSchemaException>(async () => await Engine().AskAsync("a", new Add("a", 1)));
        Assert.Contains("schema 2", error.Message, StringComparison.Ordinal);
        var after = await _memory.LoadAsync(new ActorKey("tally", "a"), CancellationToken.None);
        Assert.Equal(before.Version, after.Version);
        Assert.Equal(before.State.ToArray(), after.State.ToArray());
    }

    [Fact]
    public async Task Turns_are_told_the_stores_time_carried_on_by_the_monotonic_clock()
    {
        var time = new ManualTime();
        var start = time.GetUtcNow();
        var engine = new StoredEngine<Tally, TallyCommand, long>(_kind, new FaultyStore(new MemoryStore(time)), [], time, new StoredEngineOptions());
        await engine.AskAsync("a", new Add("a", 1));
        time.Advance(TimeSpan.FromSeconds(5));
        time.Now -= TimeSpan.FromDays(1);
        await engine.AskAsync("a", new Look("a"));
        Assert.Equal([start, start + TimeSpan.FromSeconds(5)], _kind.Times);
    }

    private StoredEngine<Tally, TallyCommand, long> Engine(bool soleOwner = true) =>
        new(_kind, _store, [], TimeProvider.System, new StoredEngineOptions { SoleOwner = soleOwner, MaxTries = 3, RetryPause = TimeSpan.FromMilliseconds(1) });

    private sealed class AfterCommit(Func<Task<long>> then) : IRecordObserver
    {
        public bool WereReadyAtOnce { get; private set; }

        public void Committed(ActorKey key, IReadOnlyList<Record> records) => WereReadyAtOnce = then().IsCompletedSuccessfully;
    }
}
