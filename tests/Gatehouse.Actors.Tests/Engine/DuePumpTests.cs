using System.Threading.Channels;
using Gatehouse.Actors.Engine;
using Gatehouse.Storage.Memory;

namespace Gatehouse.Actors.Tests.Engine;

public sealed class DuePumpTests : IDueHandler, IAsyncLifetime, IDisposable
{
    private static readonly TimeSpan Lease = TimeSpan.FromSeconds(10);
    private readonly ManualTime _time = new();
    private readonly FaultyStore _store;
    private readonly DueSignal _signal = new();
    private readonly StoredEngine<Tally, TallyCommand, long> _engine;
    private readonly Channel<string> _due = Channel.CreateUnbounded<string>();
    private readonly CancellationTokenSource _stop = new();
    private Task _pump = Task.CompletedTask;
    private int _room = 100;

    public DuePumpTests()
    {
        _store = new FaultyStore(new MemoryStore(_time));
        _engine = new StoredEngine<Tally, TallyCommand, long>(new TallyKind(), _store, [], _time, new StoredEngineOptions(), _signal);
    }

    int IDueHandler.Room => Volatile.Read(ref _room);

    public Task InitializeAsync() => Task.CompletedTask;

    public async Task DisposeAsync()
    {
        await _stop.CancelAsync();
        await _pump;
    }

    public void Dispose() => _stop.Dispose();

    void IDueHandler.Due(string key)
    {
        Interlocked.Decrement(ref _room);
        _due.Writer.TryWrite(key);
    }

    [Fact]
    public async Task What_is_due_is_handed_over_earliest_first_and_its_time_moved_on_by_the_lease()
    {
        await DueIn("late", TimeSpan.FromSeconds(-1));
        await DueIn("early", TimeSpan.FromSeconds(-2));
        Start();
        Assert.Equal("early", await DueAsync());
        Assert.Equal("late", await DueAsync());
        await _time.Sleeping;
        Assert.Equal(Lease, await _store.UntilDueAsync("tally", CancellationToken.None));
    }

    [Fact]
    public async Task It_sleeps_until_the_next_is_due_and_a_second_at_most()
    {
        await DueIn("soon", TimeSpan.FromMilliseconds(300));
        Start();
        Assert.InRange(await _time.Sleeping, TimeSpan.FromMilliseconds(300), TimeSpan.FromMilliseconds(301));
        _time.Advance(TimeSpan.FromMilliseconds(301));
        Assert.Equal("soon", await DueAsync());
        Assert.InRange(await _time.Sleeping, TimeSpan.FromSeconds(1), TimeSpan.FromMilliseconds(1001));
    }

    [Fact]
    public async Task A_save_that_makes_something_due_earlier_ends_the_sleep()
    {
        Start();
        await _time.Sleeping;
        await DueIn("now", TimeSpan.Zero);
        Assert.Equal("now", await DueAsync());
    }

    [Fact]
    public async Task It_takes_no_more_than_there_is_room_for_and_nothing_while_there_is_none()
    {
        for (var i = 0; i < 5; i++) await DueIn($"{i}", TimeSpan.FromSeconds(-10 + i));
        _room = 0;
        Start();
        await _time.Sleeping;
        Assert.False(_due.Reader.TryRead(out _));
        await TakesAsync("0", "1");
        await TakesAsync("2", "3", "4");

        async Task TakesAsync(params string[] keys)
        {
            Volatile.Write(ref _room, keys.Length);
            _signal.Wake();
            foreach (var key in keys) Assert.Equal(key, await DueAsync());
            await _time.Sleeping;
            Assert.False(_due.Reader.TryRead(out _));
        }
    }

    [Fact]
    public async Task A_store_that_fails_is_asked_again_after_a_second()
    {
        await DueIn("late", TimeSpan.FromSeconds(-1));
        _store.FailingLooks = 1;
        Start();
        Assert.InRange(await _time.Sleeping, TimeSpan.FromSeconds(1), TimeSpan.FromMilliseconds(1001));
        Assert.False(_due.Reader.TryRead(out _));
        _time.Advance(TimeSpan.FromMilliseconds(1001));
        Assert.Equal("late", await DueAsync());
    }

    private Task<string> DueAsync() => _due.Reader.ReadAsync(_stop.Token).AsTask().WaitAsync(TimeSpan.FromSeconds(30));

    private async Task DueIn(string key, TimeSpan span) => await _engine.AskAsync(key, new Add(key, 1) { DueAt = _time.GetUtcNow() + span });

    private void Start() => _pump = new DuePump(_store, "tally", this, Lease, _signal, _time).RunAsync(_stop.Token);
}
