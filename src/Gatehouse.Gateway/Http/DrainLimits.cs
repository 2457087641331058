namespace Gatehouse.Gateway.Http;

/// <summary>How much of a refused body is read, and for how long, so that a client that sends before it listens comes to hear the answer.</summary>
public sealed record DrainLimits
{
    /// <summary><c>Limits:DrainBytes</c>.</summary>
    public long MaxBytes { get; init; } = 16 * 1024 * 1024;

    public TimeSpan MaxTime { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>How long a client that waits for a 100 has to hang up by itself, or to send after all. A local network's round trip many times over.</summary>
    public TimeSpan ExpectGrace { get; init; } = TimeSpan.FromMilliseconds(500);
}
