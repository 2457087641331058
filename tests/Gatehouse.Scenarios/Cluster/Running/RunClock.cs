using System.Diagnostics;

namespace Gatehouse.Scenarios.Cluster.Running;

/// <summary>A run's time line. Other processes' wall-clock times are put on it as of the run's beginning.</summary>
internal sealed class RunClock
{
    private readonly long _began = Stopwatch.GetTimestamp();
    private readonly DateTimeOffset _at = DateTimeOffset.UtcNow;

    public TimeSpan Now => Stopwatch.GetElapsedTime(_began);

    public TimeSpan Of(DateTimeOffset wallClock) => wallClock - _at;
}
