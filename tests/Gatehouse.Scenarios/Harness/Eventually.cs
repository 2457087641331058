using System.Diagnostics;

namespace Gatehouse.Scenarios.Harness;

/// <summary>The one place that waits for another process: asks again until the answer is right, or fails with what it saw last.</summary>
internal static class Eventually
{
    private static readonly TimeSpan Pace = TimeSpan.FromMilliseconds(25);

    /// <param name="look">Returns null when the condition holds, else what it saw instead.</param>
    public static async Task HoldsAsync(string what, Func<Task<string?>> look, int seconds = 60)
    {
        using var pace = new PeriodicTimer(Pace);
        var started = Stopwatch.GetTimestamp();
        while (true)
        {
            var seen = await look();
            if (seen is null) return;
            Assert.True(Stopwatch.GetElapsedTime(started) < TimeSpan.FromSeconds(seconds), $"{what}: not within {seconds} s. Last seen: {seen}");
            await pace.WaitForNextTickAsync();
        }
    }

    /// <summary>A moment of a seeded history: passes time, and nothing else.</summary>
    public static async Task MomentAsync(TimeSpan length)
    {
        using var once = new PeriodicTimer(length);
        await once.WaitForNextTickAsync();
    }
}
