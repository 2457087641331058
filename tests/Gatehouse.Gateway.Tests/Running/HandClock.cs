namespace Gatehouse.Gateway.Tests.Running;

/// <summary>Time that moves only when a test moves it; timers fire inside <see cref="Advance"/>, in order, periodic ones again and again.</summary>
internal sealed class HandClock : TimeProvider
{
    private readonly Lock _sync = new();
    private readonly List<HandTimer> _timers = [];
    private DateTimeOffset _now = new(2026, 11, 22, 12, 0, 0, TimeSpan.Zero);

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    public override DateTimeOffset GetUtcNow()
    {
        lock (_sync) return _now;
    }

    public override long GetTimestamp() => GetUtcNow().Ticks;

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        var timer = new HandTimer(this, callback, state);
        timer.Change(dueTime, period);
        lock (_sync) _timers.Add(timer);
        return timer;
    }

    /// <summary>The wall clock and the other one, which no test here tells apart; timers keep the time that they were set for.</summary>
    public void SetBack(TimeSpan by)
    {
        lock (_sync) _now -= by;
    }

    public void Advance(TimeSpan by)
    {
        var until = GetUtcNow() + by;
        while (true)
        {
            HandTimer? next;
            lock (_sync)
            {
                next = _timers.Where(t => t.At <= until).MinBy(t => t.At);
                _now = next?.At is { } at && at > _now ? at : next is null ? until : _now;
                next?.Rearm();
            }
            if (next is null) return;
            next.Fire();
        }
    }

    private sealed class HandTimer(HandClock clock, TimerCallback callback, object? state) : ITimer
    {
        private TimeSpan _period;

        public DateTimeOffset? At { get; private set; }

        public bool Change(TimeSpan dueTime, TimeSpan period)
        {
            lock (clock._sync) (At, _period) = (dueTime < TimeSpan.Zero ? null : clock._now + dueTime, period);
            return true;
        }

        public void Rearm() => At = _period > TimeSpan.Zero ? At + _period : null;

        public void Fire() => callback(state);

        public void Dispose()
        {
            lock (clock._sync) clock._timers.Remove(this);
        }

        public ValueTask DisposeAsync()
        {
            Dispose();
            return ValueTask.CompletedTask;
        }
    }
}
