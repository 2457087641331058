namespace Gatehouse.Storage.Tests;

/// <summary>A wall clock that is set by hand.</summary>
internal sealed class WallClock : TimeProvider
{
    /// <summary>Told of every setting: a store whose time is its server's follows.</summary>
    public Action<DateTimeOffset>? Followed { get; set; }

    public DateTimeOffset Now
    {
        get;
        set
        {
            field = value;
            Followed?.Invoke(value);
        }
    }
    = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);

    public override DateTimeOffset GetUtcNow() => Now;
}
