namespace Gatehouse.Actors;

/// <summary>Where states and records live. The one thing that every engine needs: load, save if the version holds, remember when to wake.</summary>
public interface IActorStore
{
    ValueTask<StoredActor> LoadAsync(ActorKey key, CancellationToken cancellationToken);

    /// <summary>
    /// Saves state, records and small file in one transaction, durable on return, if the stored version is still <see cref="ActorSave.ExpectedVersion"/>.
    /// A store may share one commit among concurrent saves. An exception means: outcome unknown; load again and re-run the command.
    /// </summary>
    ValueTask<SaveOutcome> SaveAsync(ActorSave save, CancellationToken cancellationToken);

    /// <summary>Takes up to <paramref name="limit"/> keys of a kind whose time has come, earliest first, and moves their time on by <paramref name="moveOn"/>, so that the next call does not return them again at once.</summary>
    ValueTask<IReadOnlyList<string>> TakeDueAsync(string kind, int limit, TimeSpan moveOn, CancellationToken cancellationToken);

    /// <summary>How long until the earliest actor of a kind is due, by the store's clock; not above zero: it is. Null when none ever is.</summary>
    ValueTask<TimeSpan?> UntilDueAsync(string kind, CancellationToken cancellationToken);

    /// <summary>Makes every waiting actor (<see cref="Wake.Waiting"/>) of a kind due now. Returns how many.</summary>
    ValueTask<int> HastenAsync(string kind, CancellationToken cancellationToken);

    /// <summary>
    /// This machine's clock was set back: makes every actor of a kind that has unfinished uploads and is due later than <paramref name="longestWait"/> from now due now. Returns how many. A store that goes by
    /// another clock has nothing to do.
    /// </summary>
    ValueTask<int> PullInAsync(string kind, TimeSpan longestWait, CancellationToken cancellationToken) => ValueTask.FromResult(0);
}

/// <summary>What is stored for a key. <paramref name="Version"/> 0: nothing. <paramref name="Now"/>: the store's time at the load.</summary>
public sealed record StoredActor(long Version, int Schema, ReadOnlyMemory<byte> State, DateTimeOffset Now);

/// <summary>One turn's outcome on its way into the store.</summary>
public sealed record ActorSave
{
    public required ActorKey Key { get; init; }

    /// <summary>The version that the turn ran on; 0: none was stored.</summary>
    public required long ExpectedVersion { get; init; }
    public required int Schema { get; init; }

    /// <summary>The next state. Valid until the save returns.</summary>
    public required ReadOnlyMemory<byte> State { get; init; }
    public required Wake Wake { get; init; }
    public IReadOnlyList<Record> Records { get; init; } = [];

    /// <summary>The bytes for a <see cref="FileKept"/> among the records. Valid until the save returns.</summary>
    public System.Buffers.ReadOnlySequence<byte> SmallFile { get; init; }
}

/// <summary>Version that is stored now and the store's time. A version is never used twice for a key, not even after its row was deleted and made again.</summary>
public readonly record struct SaveOutcome(bool Saved, long Version, DateTimeOffset Now)
{
    public static SaveOutcome Conflict => default;
}

/// <summary>A stored state was written by a newer release. It is left alone.</summary>
public sealed class NewerSchemaException(string message) : Exception(message);
