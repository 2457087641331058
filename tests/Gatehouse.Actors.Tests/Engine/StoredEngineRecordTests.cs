using System.Buffers;
using Gatehouse.Actors.Engine;
using Gatehouse.Storage.Memory;

namespace Gatehouse.Actors.Tests.Engine;

public sealed class StoredEngineRecordTests : IRecordObserver
{
    private readonly MemoryStore _memory = new(TimeProvider.System);
    private readonly FaultyStore _store;
    private readonly List<UploadId> _told = [];

    public StoredEngineRecordTests() => _store = new FaultyStore(_memory);

    [Fact]
    public async Task Records_reach_observers_after_their_commit_in_order_and_once()
    {
        var engine = Engine([this]);
        UploadId[] ids = [UploadId.New(), UploadId.New(), UploadId.New()];
        _store.Next(Fault.BeforeCommit);
        _store.Hold();
        var first = engine.AskAsync("a", Drop(ids[0])).AsTask();
        await _store.SaveArrived;
        var rest = ids[1..].Select(id => engine.AskAsync("a", Drop(id)).AsTask()).ToArray();
        Assert.Empty(_told);
        _store.LetGo();
        await Task.WhenAll([first, .. rest]);
        Assert.Equal(ids, _told);
    }

    [Fact]
    public async Task An_observer_that_throws_takes_nothing_back_and_the_next_is_still_told()
    {
        var engine = Engine([new Throwing(), this]);
        var id = UploadId.New();
        Assert.Equal(1, await engine.AskAsync("a", Drop(id)));
        Assert.Equal([id], _told);
        Assert.Equal(1, _store.Saves);
    }

    [Fact]
    public async Task Two_small_files_of_one_key_go_in_two_saves_and_both_arrive()
    {
        var engine = Engine([]);
        UploadId[] ids = [UploadId.New(), UploadId.New()];
        _store.Hold();
        var first = engine.AskAsync("a", new Add("a", 1)).AsTask();
        await _store.SaveArrived;
        var rest = ids.Select((id, i) => engine.AskAsync("a", new Add("a", 1) { Records = [new FileKept(id)] }, new ReadOnlySequence<byte>([(byte)i])).AsTask()).ToArray();
        _store.LetGo();
        await Task.WhenAll([first, .. rest]);
        for (var i = 0; i < ids.Length; i++)
        {
            using var file = await ((ISmallFiles)_memory).OpenAsync(ids[i], CancellationToken.None);
            Assert.True(file!.TryGetMemory(out var bytes));
            Assert.Equal([(byte)i], bytes.ToArray());
        }
    }

    void IRecordObserver.Committed(ActorKey key, IReadOnlyList<Record> records) => _told.AddRange(records.OfType<FileDropped>().Select(record => record.Id));

    private static Add Drop(UploadId id) => new("a", 1) { Records = [new FileDropped(id, 1)] };

    private StoredEngine<Tally, TallyCommand, long> Engine(IRecordObserver[] observers) =>
        new(new TallyKind(), _store, observers, TimeProvider.System, new StoredEngineOptions { RetryPause = TimeSpan.FromMilliseconds(1) });

    private sealed class Throwing : IRecordObserver
    {
        public void Committed(ActorKey key, IReadOnlyList<Record> records) => throw new InvalidOperationException("an observer's bug");
    }
}
