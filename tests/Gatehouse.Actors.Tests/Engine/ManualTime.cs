namespace Gatehouse.Actors.Tests.Engine;

/// <summary>A clock that stands until it is moved; the wall can jump without the monotonic one.</summary>
internal sealed class ManualTime : TimeProvider
{
    private readonly Lock gate = new();
    private readonly List<ManualTimer> timers = [];
    private DateTimeOffset wall = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);
    private long ticks;
    private TaskCompletionSource<TimeSpan> sleeping = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Completes with the span when somebody begins to wait for time.</summary>
    public Task<TimeSpan> Sleeping
    {
        get
        {
            lock (gate) return sleeping.Task;
        }
    }

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    public override long GetTimestamp() => Volatile.Read(ref ticks);

    public override DateTimeOffset GetUtcNow() => wall;

    public void JumpWall(TimeSpan by) => wall += by;

    public void Advance(TimeSpan by)
    {
        List<ManualTimer> fired;
        lock (gate)
        {
            wall += by;
            ticks += by.Ticks;
            fired = timers.FindAll(timer => timer.At <= ticks);
            timers.RemoveAll(timer => timer.At <= ticks);
            if (fired.Count > 0) sleeping = new(TaskCreationOptions.RunContinuationsAsynchronously);
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
            lock (time.gate)
            {
                time.timers.Remove(this);
                if (dueTime < TimeSpan.Zero) return true;
                At = time.ticks + dueTime.Ticks;
                time.timers.Add(this);
                time.sleeping.TrySetResult(dueTime);
            }
            return true;
        }

        public void Dispose()
        {
            lock (time.gate)
            {
                if (!time.timers.Remove(this)) return;
                if (time.timers.Count == 0 && time.sleeping.Task.IsCompleted) time.sleeping = new(TaskCreationOptions.RunContinuationsAsynchronously);
            }
        }

        public ValueTask DisposeAsync()
        {
            Dispose();
            return ValueTask.CompletedTask;
        }
    }
}
