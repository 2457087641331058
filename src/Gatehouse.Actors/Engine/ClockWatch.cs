namespace Gatehouse.Actors.Engine;

/// <summary>Notices that this machine's clock was set back, by the monotonic one beside it. For one thread.</summary>
internal sealed class ClockWatch(TimeProvider time)
{
    /// <summary>A smaller step strands nothing for long.</summary>
    private static readonly TimeSpan LeastStep = TimeSpan.FromSeconds(1);

    /// <summary>A turn that ran before the step may be saved after it.</summary>
    private static readonly TimeSpan Aftermath = TimeSpan.FromSeconds(2);

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
