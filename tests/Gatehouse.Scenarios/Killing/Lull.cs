namespace Gatehouse.Scenarios.Killing;

/// <summary>A moment of a seeded history: passes time, and nothing waits on it.</summary>
internal static class Lull
{
    public static async Task OfAsync(TimeSpan length)
    {
        using var once = new PeriodicTimer(length);
        await once.WaitForNextTickAsync();
    }
}
