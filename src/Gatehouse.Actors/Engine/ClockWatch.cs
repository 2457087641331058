namespace Gatehouse.Actors.Engine;

/// <summary>Notices that this machine's clock was set back, by the monotonic one beside it. For one thread.</summary>
internal sealed class ClockWatch(TimeProvider time)
{
    /// <summary>A smaller step strands nothing for long.</summary>
    private static readonly TimeSpan LeastStep = TimeSpan.FromSeconds(1);

    /// <summary>States in memory go by the time before the step for up to a minute, and attempts that run then end in the next.</summary>
    private static readonly TimeSpan Aftermath = TimeSpan.FromMinutes(2);

    private DateTimeOffset _wall = time.GetUtcNow();
    private long _monotonic = time.GetTimestamp();
    private TimeSpan _left;

    /// <summary>It was, since the last look or a moment before.</summary>
    public bool WasSetBack()
    {
        var (wall, monotonic) = (time.GetUtcNow(), time.GetTimestamp());
        var passed = time.GetElapsedTime(_monotonic, monotonic);
        _left = passed - (wall - _wall) > LeastStep ? Aftermath : _left - passed;
        (_wall, _monotonic) = (wall, monotonic);
        return _left > TimeSpan.Zero;
    }
}
