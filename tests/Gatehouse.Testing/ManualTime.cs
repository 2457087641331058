namespace Gatehouse.Testing;

/// <summary>Time that passes only when a test says so. Timers fire inside <see cref="Advance"/>, each at its own time, in order, periodic ones again and again.</summary>
public sealed class ManualTime : TimeProvider
{
    private readonly Lock _gate = new();
    private readonly List<ManualTimer> _set = [];
    private TaskCompletionSource<TimeSpan> _sleeping = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private DateTimeOffset _now = new(2026, 11, 22, 12, 0, 0, TimeSpan.Zero);

    // As on a machine that has been up for a while: a timestamp of 0 is nothing special.
    private long _ticks = TimeSpan.TicksPerHour;

    /// <summary>The wall clock. Set, it jumps as a machine's does: the monotonic clock and the timers see nothing of it.</summary>
    public DateTimeOffset Now
    {
        get
        {
            lock (_gate) return _now;
        }

        set
        {
            lock (_gate) _now = value;
            Followed?.Invoke(value);
        }
    }

    /// <summary>Told of every change of the wall clock: what takes its time from elsewhere follows.</summary>
    public Action<DateTimeOffset>? Followed { get; set; }

    /// <summary>Timers that are set.</summary>
    public int Pending
    {
        get
        {
            lock (_gate) return _set.Count;
        }
    }

    /// <summary>Completes when a timer is set, with its span; begins anew when none is. Fails when half a minute brings none.</summary>
    public Task<TimeSpan> Sleeping
    {
        get
        {
            lock (_gate) return _sleeping.Task.WaitAsync(TimeSpan.FromSeconds(30));
        }
    }

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    public override DateTimeOffset GetUtcNow() => Now;

    public override long GetTimestamp()
    {
        lock (_gate) return _ticks;
    }

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        var timer = new ManualTimer(this, callback, state);
        timer.Change(dueTime, period);
        return timer;
    }

    public void Advance(TimeSpan by)
    {
        var until = GetTimestamp() + by.Ticks;
        while (PassTo(until) is { } due) due.Fire();
        Followed?.Invoke(Now);
    }

    /// <summary>Lets time pass to the next timer that falls due on the way, or to the end. Null: it has come there.</summary>
    private ManualTimer? PassTo(long until)
    {
        lock (_gate)
        {
            var next = _set.Where(timer => timer.At <= until).MinBy(timer => timer.At);
            var passed = Math.Max(0, (next?.At ?? until) - _ticks);
            _ticks += passed;
            _now += TimeSpan.FromTicks(passed);
            next?.Rearm();
            return next;
        }
    }

    private void Set(ManualTimer timer, TimeSpan dueTime)
    {
        _set.Add(timer);
        _sleeping.TrySetResult(dueTime);
    }

    private void Unset(ManualTimer timer)
    {
        if (_set.Remove(timer) && _set.Count == 0) _sleeping = new(TaskCreationOptions.RunContinuationsAsynchronously);
    }

    private sealed class ManualTimer(ManualTime time, TimerCallback callback, object? state) : ITimer
    {
        private TimeSpan _period;
        private bool _disposed;

        public long At { get; private set; }

        public void Fire() => callback(state);

        public bool Change(TimeSpan dueTime, TimeSpan period)
        {
            lock (time._gate)
            {
                if (_disposed) return false;
                time.Unset(this);
                (At, _period) = (time._ticks + dueTime.Ticks, period);
                if (dueTime >= TimeSpan.Zero) time.Set(this, dueTime);
                return true;
            }
        }

        public void Rearm()
        {
            if (_period > TimeSpan.Zero) At += _period.Ticks;
            else time.Unset(this);
        }

        public void Dispose()
        {
            lock (time._gate)
            {
                _disposed = true;
                time.Unset(this);
            }
        }

        public ValueTask DisposeAsync()
        {
            Dispose();
            return ValueTask.CompletedTask;
        }
    }
}
