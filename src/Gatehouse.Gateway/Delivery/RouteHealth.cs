using System.Collections.Concurrent;
using Gatehouse.Actors;

namespace Gatehouse.Gateway.Delivery;

/// <summary>
/// What this node knows of a route: does it work, and may an attempt be held against the upload that made it? A circuit: closed while it works; open after a refusal
/// that concerns everyone (403, bad credentials) or a run of failures; then one probe at a time.
/// </summary>
public sealed class RouteHealth(TimeProvider time, Random random)
{
    /// <summary>Failures in a row, with no success between, that open the circuit.</summary>
    public const int FailuresToOpen = 5;

    /// <summary>A route that refuses everyone is probed this often.</summary>
    public static readonly TimeSpan ProbeWhenDown = TimeSpan.FromMinutes(1);

    /// <summary>Longest time between retries and between probes in an outage.</summary>
    public static readonly TimeSpan LongestBackOff = TimeSpan.FromSeconds(30);

    private readonly Lock _lock = new();
    private readonly ConcurrentDictionary<UploadId, long> _lastFailure = new();
    private long _successes;
    private int _failuresInARow;
    private UploadId _firstToFail;
    private bool _othersFailToo;
    private bool _refusesEveryone;
    private RoutePass? _probe;
    // Measured, not told by the clock: one that is set back would keep the circuit open.
    private long _waitsSince;
    private TimeSpan _waits;

    /// <summary>Null while the circuit is closed; else one sentence for operators.</summary>
    public string? Trouble { get; private set; }

    /// <summary>Called at the first success after a failure.</summary>
    public Action WorksAgain { get; set; } = () => { };

    /// <summary>The last attempt of anyone got through.</summary>
    public bool Works => !IsOpen && Volatile.Read(ref _failuresInARow) == 0;

    public bool IsOpen => Trouble is not null;

    /// <summary>An attempt has told something of it since this node started.</summary>
    public bool WasTried { get; private set; }

    /// <summary>Whether <see cref="TryEnter"/> would let somebody in now.</summary>
    public bool MayEnter
    {
        get
        {
            lock (_lock) return !IsOpen || (_probe is null && UntilProbe <= TimeSpan.Zero);
        }
    }

    private TimeSpan UntilProbe => _waits - time.GetElapsedTime(_waitsSince);

    /// <summary>Leave to attempt: always while closed; while open, to one probe at a time, once it is due. Null: not now.</summary>
    public RoutePass? TryEnter()
    {
        lock (_lock)
        {
            if (!IsOpen) return RoutePass.Free;
            return MayEnter ? _probe = RoutePass.Probe(this) : null;
        }
    }

    internal void Ended(RoutePass pass)
    {
        lock (_lock)
        {
            if (ReferenceEquals(_probe, pass)) _probe = null;
        }
    }

    /// <summary>The route did its work, if only to refuse one upload.</summary>
    public void Worked(UploadId id)
    {
        WasTried = true;
        _lastFailure.TryRemove(id, out _);
        Interlocked.Increment(ref _successes);
        if (Volatile.Read(ref _failuresInARow) == 0 && !IsOpen) return;
        lock (_lock) (_failuresInARow, _othersFailToo, _refusesEveryone, Trouble) = (0, false, false, null);
        WorksAgain();
    }

    /// <summary>Credentials that were refused work again: a circuit that a refusal of everyone opened closes, and what waits goes on.</summary>
    public void PutRight()
    {
        lock (_lock)
        {
            if (!_refusesEveryone) return;
            (_failuresInARow, _othersFailToo, _refusesEveryone, Trouble) = (0, false, false, null);
        }
        WorksAgain();
    }

    /// <summary>It refuses everyone (403, credentials).</summary>
    public void Down(string why)
    {
        WasTried = true;
        lock (_lock)
        {
            _refusesEveryone = true;
            Open(why, ProbeWhenDown);
        }
    }

    /// <summary>
    /// A failure. Returns whether it counts against the upload: an outage-like one (no connection, 502, 503, 504, time-out) only when others got through since this upload's last
    /// failure; any other (500) unless others fail as well.
    /// </summary>
    public bool Failed(UploadId id, bool outage, string why)
    {
        WasTried = true;
        var successes = Interlocked.Read(ref _successes);
        var since = _lastFailure.TryGetValue(id, out var before) ? before : successes;
        _lastFailure[id] = successes;
        lock (_lock)
        {
            if (_failuresInARow++ == 0) _firstToFail = id;
            else if (_firstToFail != id) _othersFailToo = true;
            if (_failuresInARow >= FailuresToOpen && (_othersFailToo || outage)) Open(why, Delay(_failuresInARow - FailuresToOpen));
            return outage ? successes > since : !_othersFailToo;
        }
    }

    /// <summary>The upload has ended: nothing of it is remembered.</summary>
    public void Forget(UploadId id) => _lastFailure.TryRemove(id, out _);

    /// <summary>Exponential with full jitter: up to 1 s, 2 s, 4 s … 30 s, never under 50 ms.</summary>
    public TimeSpan Delay(int attemptsBefore)
    {
        var most = Math.Min(LongestBackOff.TotalSeconds, Math.Pow(2, Math.Min(attemptsBefore, 10)));
        double share;
        lock (random) share = random.NextDouble();
        return TimeSpan.FromSeconds(Math.Max(0.05, most * share));
    }

    /// <summary>Under the lock.</summary>
    private void Open(string why, TimeSpan untilProbe) => (Trouble, _waitsSince, _waits) = (why, time.GetTimestamp(), untilProbe);
}
