using System.Buffers;

namespace Gatehouse.Actors;

/// <summary>The actors of one kind, by key: ask, and get the turn's reply once it is durable. The stored engine and the Orleans host both offer it.</summary>
public interface IActors<in TCommand, TReply>
{
    /// <summary>
    /// Runs one turn. The reply leaves only after its save. A cancelled wait does not undo a turn that has begun. <paramref name="smallFile"/>:
    /// bytes for a <see cref="FileKept"/>; they must stay valid until this returns.
    /// </summary>
    ValueTask<TReply> AskAsync(string key, TCommand command, ReadOnlySequence<byte> smallFile = default, CancellationToken cancellationToken = default);
}

/// <summary>Told of every record after its commit, on the node that made it: waiting callers, metrics, blobs to delete.</summary>
public interface IRecordObserver
{
    void Committed(ActorKey key, IReadOnlyList<Record> records);
}

/// <summary>What a host does with an actor whose time has come.</summary>
public interface IDueHandler
{
    /// <summary>How many due actors the node could take on now; 0 while it is paused.</summary>
    int Room { get; }

    void Due(string key);
}
