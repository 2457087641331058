using Gatehouse.Actors.Engine;
using Gatehouse.Storage.Memory;

namespace Gatehouse.Actors.Tests.Engine;

public sealed class StoredEngineFaultTests() : StoredEngineFaultContract(new MemoryStore(TimeProvider.System))
{
    private readonly TallyKind _kind = new();
    private readonly FaultyStore _store = new(new MemoryStore(TimeProvider.System));

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
    public async Task Turns_are_told_the_stores_time_carried_on_by_the_monotonic_clock()
    {
        var time = new ManualTime();
        var start = time.GetUtcNow();
        var engine = new StoredEngine<Tally, TallyCommand, long>(_kind, new FaultyStore(new MemoryStore(time)), [], time, new StoredEngineOptions { SoleOwner = false });
        await engine.AskAsync("a", new Add("a", 1));
        time.Advance(TimeSpan.FromSeconds(5));
        time.Now -= TimeSpan.FromDays(1);
        await engine.AskAsync("a", new Add("a", 1));
        Assert.Equal([start, start + TimeSpan.FromSeconds(5)], _kind.Times);
    }

    [Fact]
    public async Task Where_the_stores_clock_is_this_machines_a_state_in_memory_follows_its_jumps()
    {
        var time = new ManualTime();
        var engine = new StoredEngine<Tally, TallyCommand, long>(_kind, new MemoryStore(time), [], time, new StoredEngineOptions());
        await engine.AskAsync("a", new Add("a", 1));
        time.Now += TimeSpan.FromHours(3);
        await engine.AskAsync("a", new Add("a", 1));
        time.Now -= TimeSpan.FromDays(1);
        await engine.AskAsync("a", new Look("a"));
        Assert.Equal([TimeSpan.Zero, TimeSpan.FromHours(3), TimeSpan.FromHours(-21)], _kind.Times.Select(at => at - _kind.Times[0]));
    }

    private StoredEngine<Tally, TallyCommand, long> Engine(bool soleOwner) =>
        new(_kind, _store, [], TimeProvider.System, new StoredEngineOptions { SoleOwner = soleOwner });

    private sealed class AfterCommit(Func<Task<long>> then) : IRecordObserver
    {
        public bool WereReadyAtOnce { get; private set; }

        public void Committed(ActorKey key, IReadOnlyList<Record> records) => WereReadyAtOnce = then().IsCompletedSuccessfully;
    }
}
