using System.Collections.Concurrent;
using Gatehouse.Actors;

namespace Gatehouse.Gateway.Delivery;

/// <summary>
/// What this node knows of a route: does it work, and may an attempt be held against the upload that made it? A circuit: closed while it works; open after a refusal
/// that concerns everyone (403, bad credentials) or a run of failures; then one probe at a time. Its attempts are counted too, so that one that hangs takes up no other's places.
/// </summary>
public sealed class RouteHealth(TimeProvider time, Random random)
{
    /// <summary>Failures in a row, with no success between, that open the circuit.</summary>
    public const int FailuresToOpen = 5;

    /// <summary>A route that refuses everyone is probed this often.</summary>
    public static readonly TimeSpan ProbeWhenDown = TimeSpan.FromMinutes(1);

    /// <summary>Longest time between retries and between probes in an outage.</summary>
    public static readonly TimeSpan LongestBackOff = TimeSpan.FromSeconds(30);

    /// <summary>Attempts at a time by one route on one node: enough to fill 3,000 requests a minute at a second each, and at 256 KB a piece no more than 16 MB of buffers.</summary>
    public const int MostAttempts = 64;

    /// <summary>With every place taken and no attempt ended for so long, a route does not get on; where it is only busy, one of 64 ends sooner.</summary>
    private static readonly TimeSpan Standstill = TimeSpan.FromSeconds(3);

    /// <summary>The line that was put off until a probe is due comes a moment later than that: times are stored in whole milliseconds.</summary>
    private static readonly TimeSpan AfterProbe = TimeSpan.FromMilliseconds(10);

    private readonly Lock _lock = new();
    private readonly ConcurrentDictionary<UploadId, long> _lastFailure = new();
    private long _successes;
    private int _failuresInARow;
    private UploadId _firstToFail;
    private bool _othersFailToo;
    private bool _refusesEveryone;
    private RoutePass? _probe;
    private bool _probeComes;
    private int _attempts;
    private long _movedAt = time.GetTimestamp();
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

    /// <summary>Whether <see cref="TryEnter"/> would let somebody in now.</summary>
    public bool MayEnter
    {
        get
        {
            lock (_lock) return _attempts < MostAttempts && (!IsOpen || (_probe is null && UntilProbe <= TimeSpan.Zero));
        }
    }

    /// <summary>Attempts under way, a wait for their permit included.</summary>
    public int Attempts => Volatile.Read(ref _attempts);

    /// <summary>It has as many attempts under way as it may, and none of them ends.</summary>
    public bool StandsStill
    {
        get
        {
            lock (_lock) return _attempts >= MostAttempts && time.GetElapsedTime(_movedAt) >= Standstill;
        }
    }

    private TimeSpan UntilProbe => _waits - time.GetElapsedTime(_waitsSince);

    /// <summary>Leave to attempt: while closed, as long as there is a place; while open, to one probe at a time, once it is due. Null: not now.</summary>
    public RoutePass? TryEnter()
    {
        lock (_lock)
        {
            if (!MayEnter) return null;
            var pass = new RoutePass(this);
            if (IsOpen) _probe = pass;
            if (++_attempts == MostAttempts) _movedAt = time.GetTimestamp();
            return pass;
        }
    }

    /// <summary>
    /// How long a line can be left alone that was not let in, as the circuit is open or the route stands still. The first that asks comes for the next probe. The others come now and then, should it be lost: a success makes
    /// them due at once, so no one waits for its time, and who looks at many of them for nothing holds up other routes' lines.
    /// </summary>
    public TimeSpan PutOff()
    {
        lock (_lock)
        {
            if (IsOpen && _probe is null && !_probeComes)
            {
                _probeComes = true;
                return UntilProbe > TimeSpan.Zero ? UntilProbe + AfterProbe : AfterProbe;
            }
        }
        return LongestBackOff * (0.5 + (Share() / 2));
    }

    internal void Ended(RoutePass pass)
    {
        lock (_lock)
        {
            _attempts--;
            _movedAt = time.GetTimestamp();
            if (ReferenceEquals(_probe, pass)) (_probe, _probeComes) = (null, false);
        }
    }

    /// <summary>The route did its work, if only to refuse one upload.</summary>
    public void Worked(UploadId id)
    {
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
        return TimeSpan.FromSeconds(Math.Max(0.05, most * Share()));
    }

    private double Share()
    {
        lock (random) return random.NextDouble();
    }

    /// <summary>Under the lock.</summary>
    private void Open(string why, TimeSpan untilProbe) => (Trouble, _waitsSince, _waits, _probeComes) = (why, time.GetTimestamp(), untilProbe, false);
}
