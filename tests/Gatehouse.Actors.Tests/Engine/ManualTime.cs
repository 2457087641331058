namespace Gatehouse.Actors.Tests.Engine;

/// <summary>A clock that stands until it is moved; the wall can jump without the monotonic one.</summary>
internal sealed class ManualTime : TimeProvider
{
    private readonly Lock _gate = new();
    private readonly List<ManualTimer> _timers = [];
    private DateTimeOffset _wall = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);
    private long _ticks;
    private TaskCompletionSource<TimeSpan> _sleeping = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Completes with the span when somebody begins to wait for time.</summary>
    public Task<TimeSpan> Sleeping
    {
        get
        {
            lock (_gate) return _sleeping.Task;
        }
    }

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    public override long GetTimestamp() => Volatile.Read(ref _ticks);

    public override DateTimeOffset GetUtcNow() => _wall;

    public void JumpWall(TimeSpan by) => _wall += by;

    public void Advance(TimeSpan by)
    {
        List<ManualTimer> fired;
        lock (_gate)
        {
            _wall += by;
            _ticks += by.Ticks;
            fired = _timers.FindAll(timer => timer.At <= _ticks);
            _timers.RemoveAll(timer => timer.At <= _ticks);
            if (fired.Count > 0) _sleeping = new(TaskCreationOptions.RunContinuationsAsynchronously);
        }
        foreach (var timer in fired) timer.Fire();
    }

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        var timer = new ManualTimer(this, callback, state);
        timer.Change(dueTime, period);
        return timer;
    }

    private sealed class ManualTimer(ManualTime time, TimerCallback callback, object? state) : ITimer
    {
        public long At { get; private set; }

        public void Fire() => callback(state);

        public bool Change(TimeSpan dueTime, TimeSpan period)
        {
            lock (time._gate)
            {
                time._timers.Remove(this);
                if (dueTime < TimeSpan.Zero) return true;
                At = time._ticks + dueTime.Ticks;
                time._timers.Add(this);
                time._sleeping.TrySetResult(dueTime);
            }
            return true;
        }

        public void Dispose()
        {
            lock (time._gate)
            {
                if (!time._timers.Remove(this)) return;
                if (time._timers.Count == 0 && time._sleeping.Task.IsCompleted) time._sleeping = new(TaskCreationOptions.RunContinuationsAsynchronously);
            }
        }

        public ValueTask DisposeAsync()
        {
            Dispose();
            return ValueTask.CompletedTask;
        }
    }
}
