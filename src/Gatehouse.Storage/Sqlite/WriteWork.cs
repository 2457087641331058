using System.Buffers;
using Gatehouse.Storage.Sqlite.Segments;

namespace Gatehouse.Storage.Sqlite;

/// <summary>Something to do inside the writer's transaction, and who waits for it.</summary>
internal abstract class WriteWork
{
    /// <summary>What is to lie in a segment, durable, before the transaction begins. Valid until the work is answered.</summary>
    public virtual ReadOnlySequence<byte> Bytes => default;

    /// <summary>Where <see cref="Bytes"/> lie; null until they do.</summary>
    public SegmentPlace? Place { get; set; }

    /// <summary>May run again, after a rollback that another work of the group caused.</summary>
    public abstract void Run(WriterStatements statements);

    /// <summary>The commit that holds it is durable.</summary>
    public abstract void Committed();

    public abstract void Failed(Exception failure);
}

/// <summary>A write other than a save: the pump's and the sweeper's.</summary>
internal sealed class WriteWork<T>(Func<WriterStatements, T> run) : WriteWork
{
    private readonly TaskCompletionSource<T> _done = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private T _result = default!;

    public Task<T> Task => _done.Task;

    public override void Run(WriterStatements statements) => _result = run(statements);

    public override void Committed() => _done.SetResult(_result);

    public override void Failed(Exception failure) => _done.SetException(failure);
}
