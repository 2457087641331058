namespace Gatehouse.Genesys;

/// <summary>Waits between tries: doubling from <paramref name="first"/> to <paramref name="longest"/>, half of each at random, so that nodes do not come back together.</summary>
internal sealed class RetryDelays(TimeSpan first, TimeSpan longest, Random random)
{
    private int _failures;

    public TimeSpan Next()
    {
        var full = Math.Min(longest.TotalSeconds, first.TotalSeconds * Math.Pow(2, Math.Min(_failures++, 20)));
        return TimeSpan.FromSeconds(full * (0.5 + (0.5 * random.NextDouble())));
    }

    public void Reset() => _failures = 0;
}
