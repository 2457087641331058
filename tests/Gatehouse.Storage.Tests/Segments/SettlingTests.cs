using System.Buffers;
using Gatehouse.Actors;
using Gatehouse.Storage.Sqlite;
using Gatehouse.Storage.Sqlite.Segments;

namespace Gatehouse.Storage.Tests.Segments;

public sealed class SettlingTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    /// <summary>Else a compaction that goes on as soon as its move is answered finds the segment that it has emptied still full, and ends.</summary>
    [Fact]
    public async Task What_a_commit_changed_is_counted_before_its_work_is_answered()
    {
        var database = _folder.File("gatehouse.db");
        var connection = new Connection(database, readOnly: false);
        Schema.Bring(connection, database);
        var segments = new SegmentLog(new SegmentFolder(_folder.File("segments"), SegmentStore.Options, generation: 1), SegmentStore.Options, new Dictionary<long, long>());
        using var writer = new GroupCommitter(connection, segments, static () => { }, TimeProvider.System);
        var work = new Counting(segments);
        writer.Post(work);
        Assert.Equal(5000, await work.CountedWhenAnswered);
    }

    public void Dispose() => _folder.Dispose();

    private sealed class Counting(SegmentLog segments) : WriteWork
    {
        private readonly TaskCompletionSource<long> _counted = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public override ReadOnlySequence<byte> Bytes { get; } = new(SegmentStore.Bytes(1, 5000));

        public Task<long> CountedWhenAnswered => _counted.Task;

        public override void Run(WriterStatements statements) => statements.SmallFiles.Keep(UploadId.New(), Place!.Value);

        public override void Committed() => _counted.SetResult(segments.LiveBytes);

        public override void Failed(Exception failure) => _counted.SetException(failure);
    }
}
