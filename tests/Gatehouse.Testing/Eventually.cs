using System.Diagnostics;
using System.Runtime.CompilerServices;

namespace Gatehouse.Testing;

/// <summary>The one place that waits for what another thread or process does: looks again until it is so, or fails with what it saw last.</summary>
public static class Eventually
{
    /// <summary>Far longer than anything takes that a test waits for: one that meets it has failed.</summary>
    private const int Patience = 60;

    /// <summary>Between two looks, so that what is waited for has the processor.</summary>
    private static readonly TimeSpan Pace = TimeSpan.FromMilliseconds(5);

    public static Task TrueAsync(Func<bool> condition, [CallerArgumentExpression(nameof(condition))] string what = "") =>
        HoldsAsync(what, () => Task.FromResult(condition() ? null : "it is not so"));

    /// <param name="look">Returns null when it holds, else what it saw instead.</param>
    /// <param name="pace">Between two looks, where looking itself costs what is waited for.</param>
    public static Task HoldsAsync(string what, Func<Task<string?>> look, int seconds = Patience, TimeSpan? pace = null) => GetAsync(what, async () =>
    {
        var seen = await look();
        return (seen is null, seen);
    }, seconds, pace);

    /// <param name="look">Returns whether it holds, and what it saw.</param>
    public static async Task<T> GetAsync<T>(string what, Func<Task<(bool Holds, T Seen)>> look, int seconds = Patience, TimeSpan? pace = null)
    {
        using var timer = new PeriodicTimer(pace ?? Pace);
        var started = Stopwatch.GetTimestamp();
        while (true)
        {
            var (holds, seen) = await look();
            if (holds) return seen;
            if (Stopwatch.GetElapsedTime(started) >= TimeSpan.FromSeconds(seconds)) throw new TimeoutException($"{what}: not within {seconds} s. Last seen: {seen}");
            await timer.WaitForNextTickAsync();
        }
    }
}
