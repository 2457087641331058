namespace Gatehouse.Actors.Engine;

/// <summary>The store's time, as last read, carried on by the monotonic clock: a jump of this machine's clock does not reach the turns.</summary>
internal readonly struct StoreClock(DateTimeOffset read, TimeProvider time)
{
    private readonly long _readAt = time.GetTimestamp();

    public DateTimeOffset Now => read + Age;

    /// <summary>How long ago it was read.</summary>
    public TimeSpan Age => time.GetElapsedTime(_readAt);
}
