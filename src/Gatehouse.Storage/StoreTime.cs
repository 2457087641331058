namespace Gatehouse.Storage;

/// <summary>Times as stores write them: microseconds since 1970, UTC. PostgreSQL keeps no finer ones.</summary>
internal static class StoreTime
{
    public static long ToMicroseconds(this DateTimeOffset time) => (time.UtcTicks - DateTimeOffset.UnixEpoch.Ticks) / TimeSpan.TicksPerMicrosecond;

    public static DateTimeOffset FromMicroseconds(long microseconds) => DateTimeOffset.UnixEpoch.AddTicks(microseconds * TimeSpan.TicksPerMicrosecond);
}
