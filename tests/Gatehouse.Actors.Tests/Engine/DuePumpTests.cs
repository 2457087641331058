using System.Threading.Channels;
using Gatehouse.Actors.Engine;
using Gatehouse.Storage.Memory;

namespace Gatehouse.Actors.Tests.Engine;

public sealed class DuePumpTests : IDueHandler, IAsyncLifetime, IDisposable
{
    private static readonly TimeSpan Lease = TimeSpan.FromSeconds(10);
    private readonly ManualTime time = new();
    private readonly MemoryStore store;
    private readonly DueSignal signal = new();
    private readonly StoredEngine<Tally, TallyCommand, long> engine;
    private readonly Channel<string> due = Channel.CreateUnbounded<string>();
    private readonly CancellationTokenSource stop = new();
    private Task pump = Task.CompletedTask;
    private volatile int room = 100;

    public DuePumpTests()
    {
        store = new MemoryStore(time);
        engine = new StoredEngine<Tally, TallyCommand, long>(new TallyKind(), store, [], time, new StoredEngineOptions(), signal);
    }

    int IDueHandler.Room => room;

    public Task InitializeAsync() => Task.CompletedTask;

    public async Task DisposeAsync()
    {
        await stop.CancelAsync();
        await pump;
    }

    public void Dispose() => stop.Dispose();

    void IDueHandler.Due(string key) => due.Writer.TryWrite(key);

    [Fact]
    public async Task What_is_due_is_handed_over_earliest_first_and_its_time_moved_on_by_the_lease()
    {
        await DueIn("late", TimeSpan.FromSeconds(-1));
        await DueIn("early", TimeSpan.FromSeconds(-2));
        Start();
        Assert.Equal("early", await due.Reader.ReadAsync(stop.Token));
        Assert.Equal("late", await due.Reader.ReadAsync(stop.Token));
        await time.Sleeping;
        Assert.Equal(time.GetUtcNow() + Lease, await store.NextDueAsync("tally", CancellationToken.None));
    }

    [Fact]
    public async Task It_sleeps_until_the_next_is_due_and_a_second_at_most()
    {
        await DueIn("soon", TimeSpan.FromMilliseconds(300));
        Start();
        Assert.InRange(await time.Sleeping, TimeSpan.FromMilliseconds(300), TimeSpan.FromMilliseconds(301));
        time.Advance(TimeSpan.FromMilliseconds(301));
        Assert.Equal("soon", await due.Reader.ReadAsync(stop.Token));
        Assert.InRange(await time.Sleeping, TimeSpan.FromSeconds(1), TimeSpan.FromMilliseconds(1001));
    }

    [Fact]
    public async Task A_save_that_makes_something_due_earlier_ends_the_sleep()
    {
        Start();
        await time.Sleeping;
        await DueIn("now", TimeSpan.Zero);
        Assert.Equal("now", await due.Reader.ReadAsync(stop.Token));
    }

    [Fact]
    public async Task It_takes_no_more_than_there_is_room_for_and_nothing_while_there_is_none()
    {
        for (var i = 0; i < 5; i++) await DueIn($"{i}", TimeSpan.FromSeconds(-10 + i));
        room = 0;
        Start();
        await time.Sleeping;
        Assert.False(due.Reader.TryRead(out _));
        room = 5;
        signal.Wake();
        for (var i = 0; i < 5; i++) Assert.Equal($"{i}", await due.Reader.ReadAsync(stop.Token));
    }

    private async Task DueIn(string key, TimeSpan span) => await engine.AskAsync(key, new Add(key, 1) { DueAt = time.GetUtcNow() + span });

    private void Start() => pump = new DuePump(store, "tally", this, Lease, signal, time).RunAsync(stop.Token);
}
