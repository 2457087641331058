using System.Collections.Concurrent;
using System.Collections.Immutable;
using Gatehouse.Actors;

namespace Gatehouse.Gateway.Delivery;

/// <summary>
/// Callers waiting for the end of an upload on this node. Settles, atomically, the one race that matters: whether a caller was told 202 (the upload must
/// stay) or is still unanswered (a route that is down may end it, and the caller hears why).
/// </summary>
public sealed class Outcomes : IRecordObserver
{
    private readonly ConcurrentDictionary<UploadId, Entry> _entries = new();
    private volatile bool _stopped;

    /// <summary>Begins to wait. Before Admit, so that no end is missed. <paramref name="first"/>: for the upload's own caller, not for a duplicate's.</summary>
    public Watch Begin(UploadId id, string contact, bool first)
    {
        while (true)
        {
            var entry = _entries.GetOrAdd(id, static (_, contact) => new Entry(contact), contact);
            lock (entry)
            {
                if (entry.Gone) continue;
                var watch = new Watch(this, id, entry, first);
                entry.Watches.Add(watch);
                if (first) entry.FirstIsWaiting = true;
                if (_stopped) entry.Release();
                return watch;
            }
        }
    }

    /// <summary>Whether a caller's request for this upload is still open on this node.</summary>
    public bool IsWaitedFor(UploadId id) => _entries.ContainsKey(id);

    /// <summary>What is waited for now.</summary>
    public IReadOnlySet<UploadId> Waited() => _entries.IsEmpty ? ImmutableHashSet<UploadId>.Empty : _entries.Select(static e => e.Key).ToHashSet();

    /// <summary>Another node has ended this upload: whoever waits for it here hears how.</summary>
    public void EndedElsewhere(UploadRow row)
    {
        if (_entries.TryGetValue(row.Id, out var entry)) entry.End.TrySetResult(UploadMove.Last(row));
    }

    /// <summary>An attempt of this upload is under way: whatever others meet meanwhile, it decides.</summary>
    public void AttemptBegins(UploadId id)
    {
        if (!_entries.TryGetValue(id, out var entry)) return;
        lock (entry) entry.UnderWay = true;
    }

    /// <summary>An attempt has ended, and may have left a wait behind it that is longer than callers have time: its contact's, its route's or all of the API's. Every wait on this node is judged anew.</summary>
    /// <param name="headNotBefore">The next attempt for this contact; null where it may be made now, or is not known.</param>
    public void AttemptEnded(string contact, UploadId id, DateTimeOffset? headNotBefore)
    {
        foreach (var (waited, entry) in _entries)
        {
            lock (entry)
            {
                if (waited == id) entry.UnderWay = false;
                if (headNotBefore is not null && string.Equals(entry.Contact, contact, StringComparison.Ordinal)) entry.HeadNotBefore = headNotBefore;
                entry.Judge();
            }
        }
    }

    /// <summary>The route is down: true when the upload's own caller still waits and nobody was told 202, so that the upload may end here and now.</summary>
    public bool TryEnd(UploadId id)
    {
        if (!_entries.TryGetValue(id, out var entry)) return false;
        lock (entry)
        {
            if (entry.Gone || !entry.FirstIsWaiting || entry.Promised) return false;
            entry.Ending = true;
            return true;
        }
    }

    /// <summary>An end that was begun could not be recorded: whoever waits for it is told 202 after all, and the upload stays.</summary>
    public void Release(UploadId id)
    {
        if (!_entries.TryGetValue(id, out var entry)) return;
        lock (entry)
        {
            entry.Ending = false;
            entry.Release();
        }
    }

    /// <summary>The node stops: whoever waits is told 202 now.</summary>
    public void StopWaiting()
    {
        _stopped = true;
        foreach (var entry in _entries.Values)
        {
            lock (entry) entry.Release();
        }
    }

    public void Committed(ActorKey key, IReadOnlyList<Record> records)
    {
        for (var i = 0; i < records.Count; i++)
        {
            if (records[i] is UploadMoved moved && moved.Status.IsFinal() && _entries.TryGetValue(moved.Id, out var entry)) entry.End.TrySetResult(moved);
        }
    }

    /// <summary>One caller's wait. Dispose ends it.</summary>
    public sealed class Watch : IDisposable
    {
        private readonly Outcomes _outcomes;
        private readonly Entry _entry;
        private readonly bool _first;
        private readonly TaskCompletionSource<UploadMoved?> _inVain = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private Func<DateTimeOffset?, bool>? _maySuffice;
        private bool _disposed;

        internal Watch(Outcomes outcomes, UploadId id, Entry entry, bool first)
        {
            (_outcomes, Id, _entry, _first) = (outcomes, id, entry, first);
        }

        public UploadId Id { get; }

        /// <summary>The upload's end, once it is recorded; null when there is no use in waiting longer, and the answer is 202.</summary>
        public Task<UploadMoved?> Ended => _entry.End.Task;

        /// <summary>As <see cref="Ended"/>; null also as soon as the wait cannot suffice any more.</summary>
        /// <param name="maySuffice">Asked after each attempt on this node, but while the upload's own is under way. It is given when its contact's next attempt comes, where that is known.</param>
        public async Task<UploadMoved?> EndedWhile(Func<DateTimeOffset?, bool> maySuffice)
        {
            lock (_entry)
            {
                _maySuffice = maySuffice;
                // An attempt may have ended before this.
                if (_entry.HeadNotBefore is not null) _entry.Judge();
            }
            return await await Task.WhenAny(Ended, _inVain.Task);
        }

        /// <summary>About to answer 202: false when the upload is just being ended, so that <see cref="Ended"/> comes at once.</summary>
        public bool TryPromise()
        {
            lock (_entry)
            {
                if (_entry.Ending) return false;
                _entry.Promised = true;
                return true;
            }
        }

        /// <summary>Under its entry's lock.</summary>
        internal void Judge(DateTimeOffset? headNotBefore)
        {
            if (_maySuffice?.Invoke(headNotBefore) == false) _inVain.TrySetResult(null);
        }

        public void Dispose()
        {
            if (_disposed) return;
            _disposed = true;
            lock (_entry)
            {
                // A caller that hung up was promised nothing, but its upload stays as if it had been.
                if (_first) _entry.FirstIsWaiting = false;
                _entry.Watches.Remove(this);
                if (_entry.Watches.Count > 0) return;
                _entry.Gone = true;
                _outcomes._entries.TryRemove(new(Id, _entry));
            }
        }
    }

    internal sealed class Entry(string contact)
    {
        public readonly string Contact = contact;
        public readonly List<Watch> Watches = [];
        public readonly TaskCompletionSource<UploadMoved?> End = new(TaskCreationOptions.RunContinuationsAsynchronously);
        public bool FirstIsWaiting;
        public bool Promised;
        public bool Ending;
        public bool Gone;
        public bool UnderWay;
        public DateTimeOffset? HeadNotBefore;

        /// <summary>Under its lock.</summary>
        public void Judge()
        {
            if (UnderWay || Ending) return;
            foreach (var watch in Watches) watch.Judge(HeadNotBefore);
        }

        /// <summary>Under its lock. One that is just being ended is left to its end.</summary>
        public void Release()
        {
            if (Ending) return;
            Promised = true;
            End.TrySetResult(null);
        }
    }
}
