namespace Gatehouse.Actors.Contacts;

/// <summary>Between the world's times and a state's: whole milliseconds since 1970 UTC.</summary>
internal static class Moment
{
    private static readonly long Last = DateTimeOffset.MaxValue.ToUnixTimeMilliseconds();

    public static long Of(DateTimeOffset time) => time.ToUnixTimeMilliseconds();

    public static long Of(TimeSpan length) => (long)length.TotalMilliseconds;

    /// <summary>A retention of centuries ends with the calendar.</summary>
    public static DateTimeOffset Of(long time) => DateTimeOffset.FromUnixTimeMilliseconds(Math.Min(time, Last));

    public static DateTimeOffset? Of(long? time) => time is { } set ? Of(set) : null;
}
