using Gatehouse.Actors.Engine;
using Gatehouse.Storage.Memory;

namespace Gatehouse.Actors.Tests.Engine;

public sealed class StoredEngineTests
{
    private readonly MemoryStore _memory = new(TimeProvider.System);
    private readonly TallyKind _kind = new();
    private readonly FaultyStore _store;

    public StoredEngineTests() => _store = new FaultyStore(_memory);

    [Fact]
    public async Task A_reply_leaves_only_after_its_save()
    {
        var engine = Engine();
        _store.Hold();
        var asked = engine.AskAsync("a", new Add("a", 1)).AsTask();
        await _store.SaveArrived;
        Assert.False(asked.IsCompleted);
        _store.LetGo();
        Assert.Equal(1, await asked);
        Assert.Equal(1, await Engine().AskAsync("a", new Look("a")));
    }

    [Fact]
    public async Task Commands_that_wait_behind_a_save_share_the_next_one()
    {
        var engine = Engine();
        _store.Hold();
        var first = engine.AskAsync("a", new Add("a", 1)).AsTask();
        await _store.SaveArrived;
        var rest = Enumerable.Range(0, 10).Select(_ => engine.AskAsync("a", new Add("a", 1)).AsTask()).ToArray();
        _store.LetGo();
        Assert.Equal(1, await first);
        Assert.Equal(Enumerable.Range(2, 10).Select(n => (long)n), await Task.WhenAll(rest));
        Assert.Equal(2, _store.Saves);
    }

    [Fact]
    public async Task Commands_that_share_a_save_are_bounded()
    {
        var engine = Engine(new StoredEngineOptions { MaxTurnsPerSave = 4 });
        _store.Hold();
        var first = engine.AskAsync("a", new Add("a", 1)).AsTask();
        await _store.SaveArrived;
        var rest = Enumerable.Range(0, 8).Select(_ => engine.AskAsync("a", new Add("a", 1)).AsTask()).ToArray();
        _store.LetGo();
        await Task.WhenAll([first, .. rest]);
        Assert.Equal(3, _store.Saves);
    }

    [Fact]
    public async Task A_turn_that_only_reads_is_answered_without_a_save()
    {
        Assert.Equal(0, await Engine().AskAsync("a", new Look("a")));
        Assert.Equal(0, _store.Saves);
    }

    [Fact]
    public async Task A_busy_key_is_loaded_once_and_a_long_idle_one_again()
    {
        var time = new ManualTime();
        var engine = Engine(time: time);
        await engine.AskAsync("a", new Add("a", 1));
        await engine.AskAsync("a", new Add("a", 1));
        Assert.Equal(1, _store.Loads);
        // Idle only when its mailbox has gone, which is after the reply.
        await Eventually.TrueAsync(() => engine.ActiveKeys == 0);
        time.Advance(TimeSpan.FromMinutes(2));
        Assert.Equal(2, await engine.AskAsync("a", new Look("a")));
        Assert.Equal(2, _store.Loads);
    }

    [Fact]
    public async Task A_full_mailbox_refuses_with_a_typed_exception_and_loses_nothing()
    {
        var engine = Engine(new StoredEngineOptions { MailboxCapacity = 2 });
        _store.Hold();
        var taken = new List<Task<long>> { engine.AskAsync("a", new Add("a", 1)).AsTask() };
        await _store.SaveArrived;
        taken.Add(engine.AskAsync("a", new Add("a", 1)).AsTask());
        taken.Add(engine.AskAsync("a", new Add("a", 1)).AsTask());
        await Assert.ThrowsAsync<MailboxFullException>(async () => await engine.AskAsync("a", new Add("a", 1)));
        Assert.Equal(0, await engine.AskAsync("another", new Look("another")));
        _store.LetGo();
        var replies = await Task.WhenAll(taken);
        Assert.Equal([1L, 2L, 3L], replies);
    }

    [Fact]
    public async Task A_turn_that_throws_fails_its_own_caller_alone()
    {
        var engine = Engine();
        _store.Hold();
        var first = engine.AskAsync("a", new Add("a", 1)).AsTask();
        await _store.SaveArrived;
        var thrown = engine.AskAsync("a", new Throw("a")).AsTask();
        var last = engine.AskAsync("a", new Add("a", 1)).AsTask();
        _store.LetGo();
        await first;
        await Assert.ThrowsAsync<InvalidOperationException>(() => thrown);
        Assert.Equal(2, await last);
    }

    [Fact]
    public async Task A_wait_cancelled_before_its_turn_is_as_if_never_asked_and_one_cancelled_later_gets_its_reply()
    {
        var engine = Engine();
        using var cancel = new CancellationTokenSource();
        _store.Hold();
        var begun = engine.AskAsync("a", new Add("a", 1), cancellationToken: cancel.Token).AsTask();
        await _store.SaveArrived;
        var waiting = engine.AskAsync("a", new Add("a", 10), cancellationToken: cancel.Token).AsTask();
        await cancel.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => waiting);
        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () => await engine.AskAsync("a", new Add("a", 10), cancellationToken: cancel.Token));
        _store.LetGo();
        Assert.Equal(1, await begun);
        Assert.Equal(1, await engine.AskAsync("a", new Look("a")));
    }

    [Fact]
    public async Task Idle_keys_leave_neither_mailboxes_nor_their_states_behind()
    {
        var engine = Engine(new StoredEngineOptions { RecentStates = 4 });
        for (var i = 0; i < 100; i++) await engine.AskAsync($"{i}", new Add($"{i}", 1));
        // The mailbox goes right after the reply has left.
        await Eventually.TrueAsync(() => engine.ActiveKeys == 0);
        var loads = _store.Loads;
        for (var i = 0; i < 100; i++) await engine.AskAsync($"{i}", new Look($"{i}"));
        Assert.InRange(_store.Loads - loads, 92, 100);
    }

    [Fact]
    public async Task A_key_that_is_only_ever_read_learns_the_stores_time_anew_all_the_same()
    {
        var time = new ManualTime();
        var engine = Engine(time: time);
        await engine.AskAsync("a", new Add("a", 1));
        for (var i = 0; i < 3; i++)
        {
            await Eventually.TrueAsync(() => engine.ActiveKeys == 0);
            time.Advance(TimeSpan.FromSeconds(40));
            await engine.AskAsync("a", new Look("a"));
        }

        Assert.Equal(2, _store.Loads);
    }

    private StoredEngine<Tally, TallyCommand, long> Engine(StoredEngineOptions? options = null, TimeProvider? time = null) =>
        new(_kind, _store, [], time ?? TimeProvider.System, options ?? new StoredEngineOptions());
}
