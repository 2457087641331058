using System.Buffers;

namespace Gatehouse.Actors.Engine;

/// <summary>One key's actor in an engine's memory: its state, the version that it was saved as, the store's time. Whoever holds it runs one turn at a time.</summary>
/// <param name="ownClock">The store goes by this machine's clock.</param>
public sealed class LiveActor<TState, TCommand, TReply>(ActorKind<TState, TCommand, TReply> kind, IActorStore store, string key, TimeProvider time, bool ownClock = false)
    where TState : class
{
    /// <summary>An older view of the store's clock is read anew, so that turns follow one that was set right meanwhile.</summary>
    private static readonly TimeSpan LongestClock = TimeSpan.FromSeconds(60);

    private long _version;
    private StoreClock _clock;

    public ActorKey Key { get; } = new(kind.Name, key);

    /// <summary>Null: to be loaded.</summary>
    public TState? State { get; private set; }

    /// <summary>The store's time. Where it is this machine's, all actors follow it at once: one that went on by the time before a jump would let its line stand until it is loaded anew.</summary>
    public DateTimeOffset Now => ownClock ? time.GetUtcNow() : _clock.Now;

    /// <summary>There is a state, but it and the clock were read from the store too long ago to go on with.</summary>
    public bool IsOld => State is not null && _clock.Age > LongestClock;

    /// <summary>Reads state, version and time from the store.</summary>
    /// <exception cref="NewerSchemaException">A newer release wrote the state.</exception>
    public async ValueTask LoadAsync()
    {
        var stored = await store.LoadAsync(Key, CancellationToken.None);
        if (stored.Schema > kind.Schema)
        {
            throw new NewerSchemaException(
                $"{kind.Name} {Key.Key} was written with schema {stored.Schema}; this release reads up to {kind.Schema}. Start the newer release.");
        }
        _clock = new StoreClock(stored.Now, time);
        _version = stored.Version;
        State = stored.Version == 0 ? kind.Empty : kind.Read(stored.Schema, stored.State.Span);
    }

    /// <summary>Whatever the store holds, it is loaded before the next turn.</summary>
    public void Forget() => State = null;

    /// <summary>Saves what a turn made of the state. Null: a lost race. After that, and after an exception (the outcome is unknown), the state is forgotten.</summary>
    public async ValueTask<Commit?> SaveAsync(TState next, IReadOnlyList<Record> records, ReadOnlySequence<byte> smallFile)
    {
        State = null;
        using var written = new PooledWriter();
        kind.Write(next, written);
        var wake = kind.Wake(next);
        var outcome = await store.SaveAsync(
            new ActorSave { Key = Key, ExpectedVersion = _version, Schema = kind.Schema, State = written.Written, Wake = wake, Records = records, SmallFile = smallFile },
            CancellationToken.None);
        if (!outcome.Saved) return null;
        State = next;
        _version = outcome.Version;
        _clock = new StoreClock(outcome.Now, time);
        return new Commit(wake.DueAt - outcome.Now);
    }
}

/// <summary>A save that stands. <paramref name="DueIn"/>: how long until the actor wants to be woken; null: never.</summary>
public readonly record struct Commit(TimeSpan? DueIn);
