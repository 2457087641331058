using System.Buffers;
using Gatehouse.Actors;

namespace Gatehouse.Storage.Sqlite;

/// <summary>One turn's save inside the writer's transaction. A version that no longer holds writes nothing, so the rest of the group is not touched by it.</summary>
internal sealed class SaveWork(ActorSave save, int rowBytes) : WriteWork
{
    private readonly TaskCompletionSource<SaveOutcome> done = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly bool inSegment = save.SmallFile.Length > rowBytes && save.Records.Any(record => record is FileKept);
    private SaveOutcome outcome;

    public override ReadOnlySequence<byte> Bytes => inSegment ? save.SmallFile : default;

    public Task<SaveOutcome> Task => done.Task;

    public override void Run(WriterStatements statements)
    {
        var now = statements.Now;
        outcome = SaveOutcome.Conflict;
        if (statements.Actors.Save(save, now) is not { } version) return;
        RecordWriter.Write(save, Place, statements);
        outcome = new SaveOutcome(Saved: true, version, now);
    }

    public override void Committed() => done.SetResult(outcome);

    public override void Failed(Exception failure) => done.SetException(failure);
}
