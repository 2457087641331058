using System.Buffers;
using Gatehouse.Actors;

namespace Gatehouse.Storage.Sqlite;

/// <summary>One turn's save inside the writer's transaction. A version that no longer holds writes nothing, so the rest of the group is not touched by it.</summary>
internal sealed class SaveWork(ActorSave save, int rowBytes) : WriteWork
{
    private readonly TaskCompletionSource<SaveOutcome> _done = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly bool _inSegment = save.SmallFile.Length > rowBytes && save.Records.Any(record => record is FileKept);
    private SaveOutcome _outcome;

    public override ReadOnlySequence<byte> Bytes => _inSegment ? save.SmallFile : default;

    public Task<SaveOutcome> Task => _done.Task;

    public override void Run(WriterStatements statements)
    {
        var now = statements.Now;
        _outcome = SaveOutcome.Conflict;
        if (statements.Actors.Save(save, now) is not { } version) return;
        RecordWriter.Write(save, Place, statements);
        _outcome = new SaveOutcome(Saved: true, version, now);
    }

    public override void Committed() => _done.SetResult(_outcome);

    public override void Failed(Exception failure) => _done.SetException(failure);
}
