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
}
