using System.Buffers;

namespace Gatehouse.Actors;

/// <summary>
/// One kind of actor: a pure turn over a versioned state, and how that state is written down. No I/O, no clock, no locks: an engine
/// runs the turns, one at a time per key, and keeps the states. Instances are stateless and shared by all keys.
/// </summary>
public abstract class ActorKind<TState, TCommand, TReply>
    where TState : class
{
    /// <summary>The kind's name in the store, for ever: <c>contact</c>, <c>token</c>.</summary>
    public abstract string Name { get; }

    /// <summary>The state of a key that the store holds nothing for.</summary>
    public abstract TState Empty { get; }

    /// <summary>The schema that <see cref="Write"/> writes. A stored state of a higher one is left alone with an error.</summary>
    public abstract int Schema { get; }

    /// <summary>
    /// One turn. It may run more than once for one command (a lost race, a commit whose answer was lost), so a command that the state
    /// shows as applied gets the reply it had. A turn that changes nothing returns the same state instance and no records.
    /// </summary>
    public abstract Turn<TState, TReply> Run(TState state, TCommand command, DateTimeOffset now);

    /// <summary>The reply holds nobody to anything, so an engine that owns the state need not look whether its version still stands.</summary>
    public virtual bool PromisesNothing(TReply reply) => false;

    /// <summary>When the actor next wants to be woken, and whether its row may go.</summary>
    public abstract Wake Wake(TState state);

    public abstract void Write(TState state, IBufferWriter<byte> output);

    /// <summary>Reads a state of <paramref name="schema"/>, this kind's own or any earlier one.</summary>
    public abstract TState Read(int schema, ReadOnlySpan<byte> input);
}

/// <summary>What a turn makes of a command: the next state, the reply, and the rows to write in the same commit.</summary>
public sealed record Turn<TState, TReply>(TState State, TReply Reply, IReadOnlyList<Record> Records)
    where TState : class;

/// <summary>
/// When an actor wants to be woken. <paramref name="DueAt"/> null: never. <paramref name="Waiting"/>: its head waits out a back-off for a
/// fault that was not its own, so it may be woken early when the route works again. <paramref name="Forget"/>: the state decides nothing any more, the row may be deleted.
/// </summary>
public readonly record struct Wake(DateTimeOffset? DueAt, bool Waiting, bool Forget);

/// <summary>An actor's address: its kind and its key within the kind.</summary>
public readonly record struct ActorKey(string Kind, string Key);
