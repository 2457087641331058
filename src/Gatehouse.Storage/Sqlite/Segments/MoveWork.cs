using System.Buffers;
using Gatehouse.Actors;

namespace Gatehouse.Storage.Sqlite.Segments;

/// <summary>Files that were read from a segment are appended anew and their rows repointed.</summary>
internal sealed class MoveWork(ReadOnlySequence<byte> bytes, IReadOnlyList<(UploadId Id, SegmentPlace From, int At)> moves) : WriteWork
{
    private readonly TaskCompletionSource _done = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public override ReadOnlySequence<byte> Bytes => bytes;

    public Task Task => _done.Task;

    public override void Run(WriterStatements statements)
    {
        var to = Place ?? throw new InvalidOperationException("The bytes have no place yet.");
        foreach (var (id, source, at) in moves) statements.SmallFiles.Repoint(id, source, source with { Segment = to.Segment, Offset = to.Offset + at });
    }

    public override void Committed() => _done.SetResult();

    public override void Failed(Exception failure) => _done.SetException(failure);
}
