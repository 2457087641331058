using Gatehouse.Actors;

namespace Gatehouse.Storage.Memory;

/// <summary>Everything in memory and gone with the process: for tests and for trying Gatehouse out. It keeps every rule of a real store.</summary>
public sealed partial class MemoryStore(TimeProvider time) : IActorStore
{
    private readonly Lock _gate = new();
    private readonly Dictionary<ActorKey, Stored> _actors = [];
    private long _versionFloor;

    public ValueTask<StoredActor> LoadAsync(ActorKey key, CancellationToken cancellationToken)
    {
        lock (_gate)
        {
            return new(_actors.TryGetValue(key, out var found)
                ? new StoredActor(found.Version, found.Schema, found.State, time.GetUtcNow())
                : new StoredActor(0, 0, default, time.GetUtcNow()));
        }
    }

    public ValueTask<SaveOutcome> SaveAsync(ActorSave save, CancellationToken cancellationToken)
    {
        lock (_gate)
        {
            var now = time.GetUtcNow();
            var version = _actors.TryGetValue(save.Key, out var found) ? found.Version : 0;
            if (version != save.ExpectedVersion) return new(SaveOutcome.Conflict);
            var next = save.Wake.Forget ? 0 : version == 0 ? Math.Max(_versionFloor + 1, now.ToMicroseconds()) : version + 1;
            if (save.Wake.Forget)
            {
                _actors.Remove(save.Key);
                _versionFloor = Math.Max(_versionFloor, version);
            }
            else
            {
                _actors[save.Key] = new Stored(next, save.Schema, save.State.ToArray(), save.Wake.DueAt, save.Wake.Waiting);
            }
            foreach (var record in save.Records) Write(record, save.SmallFile);
            return new(new SaveOutcome(Saved: true, next, now));
        }
    }

    public ValueTask<IReadOnlyList<string>> TakeDueAsync(string kind, int limit, TimeSpan moveOn, CancellationToken cancellationToken)
    {
        lock (_gate)
        {
            var now = time.GetUtcNow();
            var due = _actors.Where(actor => string.Equals(actor.Key.Kind, kind, StringComparison.Ordinal) && actor.Value.DueAt <= now).OrderBy(actor => actor.Value.DueAt).Take(limit).ToList();
            foreach (var (key, actor) in due) _actors[key] = actor with { DueAt = now + moveOn };
            return new([.. due.Select(actor => actor.Key.Key)]);
        }
    }

    public ValueTask<TimeSpan?> UntilDueAsync(string kind, CancellationToken cancellationToken)
    {
        lock (_gate) return new(_actors.Where(actor => string.Equals(actor.Key.Kind, kind, StringComparison.Ordinal)).Min(actor => actor.Value.DueAt) - time.GetUtcNow());
    }

    public ValueTask<int> HastenAsync(string kind, CancellationToken cancellationToken)
    {
        lock (_gate)
        {
            var now = time.GetUtcNow();
            var waiting = _actors.Where(actor => string.Equals(actor.Key.Kind, kind, StringComparison.Ordinal) && actor.Value.Waiting && actor.Value.DueAt > now).ToList();
            foreach (var (key, actor) in waiting) _actors[key] = actor with { DueAt = now };
            return new(waiting.Count);
        }
    }

    public ValueTask<int> PullInAsync(string kind, TimeSpan longestWait, CancellationToken cancellationToken)
    {
        lock (_gate)
        {
            var now = time.GetUtcNow();
            var open = _uploads.Values.Where(held => held.EndedAt is null).Select(held => held.Row.ContactId).ToHashSet(StringComparer.Ordinal);
            var late = _actors.Where(actor => string.Equals(actor.Key.Kind, kind, StringComparison.Ordinal) && actor.Value.DueAt > now + longestWait && open.Contains(actor.Key.Key)).ToList();
            foreach (var (key, actor) in late) _actors[key] = actor with { DueAt = now };
            return new(late.Count);
        }
    }

    private sealed record Stored(long Version, int Schema, byte[] State, DateTimeOffset? DueAt, bool Waiting);
}
