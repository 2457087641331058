namespace Gatehouse.Genesys.Tests;

/// <summary>Waits for the code under test to have set a timer, so that moving the clock finds it.</summary>
internal static class TestClock
{
    public static async Task ArmedAsync(ManualClock clock)
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(20));
        while (clock.Pending == 0)
        {
            patience.Token.ThrowIfCancellationRequested();
            await Task.Yield();
        }
    }

    /// <summary>Lets what was set off run on: gives the pool its turn a number of times. The clock may be moved too early, never too late, so bounds hold either way.</summary>
    public static async Task SettledAsync(ManualClock clock)
    {
        for (var turn = 0; turn < 50 || clock.Pending == 0; turn++)
        {
            await Task.Yield();
            if (turn > 10_000) return;
        }
    }
}
