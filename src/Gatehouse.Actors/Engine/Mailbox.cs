namespace Gatehouse.Actors.Engine;

/// <summary>The commands that wait for one key. It exists while there are any; closed, it never opens again and a new one takes its place.</summary>
internal sealed class Mailbox<TState, TCommand, TReply>(string key)
    where TState : class
{
    private readonly Lock _gate = new();
    private readonly Queue<Ask<TCommand, TReply>> _waiting = new();
    private bool _closed;

    /// <summary>Its first command comes with it.</summary>
    public Mailbox(string key, Ask<TCommand, TReply> first)
        : this(key) => _waiting.Enqueue(first);

    public string Key { get; } = key;

    public Posting TryPost(Ask<TCommand, TReply> ask, int capacity)
    {
        lock (_gate)
        {
            if (_closed) return Posting.Closed;
            if (_waiting.Count >= capacity) return Posting.Full;
            _waiting.Enqueue(ask);
            return Posting.Taken;
        }
    }

    /// <summary>Moves the next commands that may share a save into <paramref name="batch"/>: one small file goes with a save, so a second one waits for the next.</summary>
    public void Take(List<Ask<TCommand, TReply>> batch, int limit)
    {
        var withFile = false;
        lock (_gate)
        {
            while (batch.Count < limit && _waiting.TryPeek(out var next))
            {
                if (withFile && !next.SmallFile.IsEmpty) break;
                _waiting.Dequeue();
                if (!next.TryBegin()) continue;
                withFile |= !next.SmallFile.IsEmpty;
                batch.Add(next);
            }
        }
    }

    /// <summary>Closes the mailbox if nothing waits, and leaves its state behind before a new one can take its place.</summary>
    public bool TryClose(RecentStates<TState, TCommand, TReply> recent, LiveActor<TState, TCommand, TReply> actor)
    {
        lock (_gate)
        {
            if (_waiting.Count > 0) return false;
            recent.Keep(actor);
            return _closed = true;
        }
    }
}

internal enum Posting
{
    Taken,
    Full,
    Closed,
}
