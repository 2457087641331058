using System.Threading.Channels;
using Gatehouse.Actors;

namespace Gatehouse.Gateway.Events;

/// <summary>
/// Who watches which upload on this node, and a limit to how many. A commit of this node wakes its watchers at once; another node's may be seen at their next look only, so a look is what they must go by.
/// </summary>
public sealed class StatusWatches(int most, TimeProvider time) : IRecordObserver
{
    /// <summary>How late another node's commit may be seen. A look reads one row by its key.</summary>
    public static readonly TimeSpan LookEvery = TimeSpan.FromSeconds(5);

    private readonly Lock _lock = new();
    private readonly Dictionary<UploadId, List<Watch>> _watches = [];
    private int _open;
    private bool _ended;

    /// <summary>Watches now.</summary>
    public int Open => Volatile.Read(ref _open);

    /// <summary>Null: the node has as many as it may. Begin before looking: no commit after this is missed.</summary>
    public Watch? TryBegin(UploadId id)
    {
        lock (_lock)
        {
            if (_open >= most) return null;
            var watch = new Watch(this, id, time);
            if (_ended) watch.End();
            if (!_watches.TryGetValue(id, out var others)) _watches[id] = others = [];
            others.Add(watch);
            _open++;
            return watch;
        }
    }

    /// <summary>The node stops: every watch ends, and so does one that begins later.</summary>
    public void EndAll()
    {
        lock (_lock)
        {
            _ended = true;
            foreach (var watch in _watches.Values.SelectMany(watches => watches)) watch.End();
        }
    }

    /// <summary>The upload has changed, by this node's commit or another's word: whoever watches it looks now.</summary>
    public void Wake(UploadId id)
    {
        if (Open == 0) return;
        lock (_lock)
        {
            if (!_watches.TryGetValue(id, out var watches)) return;
            foreach (var watch in watches) watch.Wake();
        }
    }

    public void Committed(ActorKey key, IReadOnlyList<Record> records)
    {
        for (var i = 0; i < records.Count; i++)
        {
            if (records[i] is UploadMoved moved) Wake(moved.Id);
        }
    }

    private void Leave(Watch watch)
    {
        lock (_lock)
        {
            if (!_watches.TryGetValue(watch.Id, out var watches) || !watches.Remove(watch)) return;
            if (watches.Count == 0) _watches.Remove(watch.Id);
            _open--;
        }
    }

    /// <summary>One client's watch. Costs a timer while nothing happens, and no thread. Dispose ends it.</summary>
    public sealed class Watch : IDisposable
    {
        private readonly StatusWatches _watches;
        private readonly ITimer _timer;

        // Holds one: however often it is woken meanwhile, one look sees it all.
        private readonly Channel<bool> _wakes = Channel.CreateBounded<bool>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite, SingleReader = true });

        internal Watch(StatusWatches watches, UploadId id, TimeProvider time)
        {
            (_watches, Id) = (watches, id);
            Wake();
            _timer = time.CreateTimer(static watch => ((Watch)watch!).Wake(), this, LookEvery, LookEvery);
        }

        public UploadId Id { get; }

        /// <summary>Waits until it is time to look; the first time is at once. False when the node stops.</summary>
        public async ValueTask<bool> LookAsync(CancellationToken cancellationToken) => await _wakes.Reader.WaitToReadAsync(cancellationToken) && _wakes.Reader.TryRead(out _);

        public void Dispose()
        {
            _watches.Leave(this);
            _timer.Dispose();
        }

        internal void Wake() => _wakes.Writer.TryWrite(true);

        internal void End() => _wakes.Writer.TryComplete();
    }
}
