namespace Gatehouse.Silo.Asking;

/// <summary>How long a command is tried.</summary>
public sealed record AskLimits
{
    /// <summary>Tried again within this: the request's own wait, and never less than a dead silo takes to be found out.</summary>
    public TimeSpan Within { get; init; } = TimeSpan.FromSeconds(20);

    /// <summary>First pause between two tries; doubled with each, half of it at random so that callers do not come back together.</summary>
    public TimeSpan FirstPause { get; init; } = TimeSpan.FromMilliseconds(50);

    public TimeSpan LongestPause { get; init; } = TimeSpan.FromSeconds(1);
}
