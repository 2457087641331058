namespace Gatehouse.Actors.Engine;

/// <summary>
/// States of keys that were busy a moment ago, so that an upload's knock, admission and completion load its contact once. Two generations of a fixed size: memory does not grow with contacts.
/// </summary>
internal sealed class RecentStates<TState, TCommand, TReply>(int perGeneration)
    where TState : class
{
    private readonly Lock _gate = new();
    private Dictionary<string, LiveActor<TState, TCommand, TReply>> _young = new(StringComparer.Ordinal);
    private Dictionary<string, LiveActor<TState, TCommand, TReply>> _old = new(StringComparer.Ordinal);

    public void Keep(LiveActor<TState, TCommand, TReply> actor)
    {
        if (perGeneration == 0 || actor.State is null) return;
        lock (_gate)
        {
            _young[actor.Key.Key] = actor;
            if (_young.Count < perGeneration) return;
            (_old, _young) = (_young, _old);
            _young.Clear();
        }
    }

    /// <summary>The state leaves with who takes it, from both generations: while a key's mailbox lives there is no second one that could grow stale.</summary>
    public LiveActor<TState, TCommand, TReply>? Take(string key)
    {
        if (perGeneration == 0) return null;
        LiveActor<TState, TCommand, TReply>? found;
        lock (_gate)
        {
            _old.Remove(key, out var older);
            found = _young.Remove(key, out var newer) ? newer : older;
        }
        return found is { IsOld: false } ? found : null;
    }
}
