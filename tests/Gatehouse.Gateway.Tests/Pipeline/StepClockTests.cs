using System.Diagnostics;
using Gatehouse.Gateway.Pipeline;

namespace Gatehouse.Gateway.Tests.Pipeline;

public sealed class StepClockTests
{
    [Fact]
    public void What_a_step_did_inside_another_is_its_own_and_not_the_others()
    {
        var clock = new StepClock();
        var now = Stopwatch.GetTimestamp();
        clock.AddWithin(Step.Knock, now - (3600 * Stopwatch.Frequency));
        clock.Add(Step.Receive, now - (3601 * Stopwatch.Frequency));
        Assert.InRange(clock.Seconds(Step.Knock), 3600, 3660);
        Assert.InRange(clock.Seconds(Step.Receive), 0.5, 60);

        // It is taken off once.
        clock.Add(Step.Inspect, now - (5 * Stopwatch.Frequency));
        Assert.InRange(clock.Seconds(Step.Inspect), 5, 60);
    }
}
