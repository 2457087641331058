namespace Gatehouse.Actors.Engine;

/// <summary>
/// States of keys that were busy a moment ago, so that an upload's knock, admission and completion load its contact once. Two generations of a fixed size: memory does not grow with contacts.
/// </summary>
internal sealed class RecentStates<TState>(int perGeneration)
    where TState : class
{
    /// <summary>Those whose time was read longer ago are loaded again, so that turns follow a store's clock that was set right meanwhile, also of a key that is only ever read.</summary>
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(60);

    private readonly Lock _gate = new();
    private Dictionary<string, RecentState<TState>> _young = new(StringComparer.Ordinal);
    private Dictionary<string, RecentState<TState>> _old = new(StringComparer.Ordinal);

    public void Keep(string key, TState state, long version, StoreClock clock)
    {
        if (perGeneration == 0) return;
        var kept = new RecentState<TState>(state, version, clock);
        lock (_gate)
        {
            _young[key] = kept;
            if (_young.Count < perGeneration) return;
            (_old, _young) = (_young, _old);
            _young.Clear();
        }
    }

    /// <summary>The state leaves with who takes it, from both generations: while a key's mailbox lives there is no second one that could grow stale.</summary>
    public RecentState<TState>? Take(string key)
    {
        if (perGeneration == 0) return null;
        RecentState<TState>? found;
        lock (_gate)
        {
            _old.Remove(key, out var older);
            found = _young.Remove(key, out var newer) ? newer : older;
        }
        return found is not null && found.Clock.Age <= Longest ? found : null;
    }
}

/// <summary>A state, its version and the store's time as it was last known.</summary>
internal sealed record RecentState<TState>(TState State, long Version, StoreClock Clock)
    where TState : class;
