using Gatehouse.Actors;

namespace Gatehouse.Silo.Grains;

/// <summary>What came of one command. The records go back to who asked: there the caller waits, and there the metrics are kept.</summary>
/// <param name="Reply">Null where <paramref name="Fault"/> says why.</param>
/// <param name="Records">Committed with the reply; empty for a turn that changed nothing.</param>
/// <param name="DueIn">After a save: how long until the actor wants to be woken.</param>
/// <param name="Why">The fault in words.</param>
[GenerateSerializer, Immutable]
public sealed record TurnAnswer<TReply>(TReply? Reply, Record[] Records, TimeSpan? DueIn, TurnFault Fault, string? Why)
    where TReply : class
{
    public TurnAnswer(TReply reply, IReadOnlyList<Record> records, TimeSpan? dueIn)
        : this(reply, [.. records], dueIn, TurnFault.None, Why: null)
    {
    }

    public TurnAnswer(TurnFault fault, string why)
        : this(Reply: null, [], DueIn: null, fault, why)
    {
    }
}

/// <summary>Why there is no reply. As data, since an exception's type does not survive the way between two releases.</summary>
[GenerateSerializer]
public enum TurnFault
{
    None = 0,

    /// <summary>The store failed, or the row was saved by somebody else twice: the command may have been applied. Ask again with the same id; another activation answers.</summary>
    NotSaved = 1,

    /// <summary>A newer release wrote the state.</summary>
    NewerSchema = 2,

    /// <summary>The turn threw: a fault of ours. Nothing was changed, and asking again brings the same.</summary>
    TurnFailed = 3,
}
