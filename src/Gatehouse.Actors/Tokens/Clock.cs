namespace Gatehouse.Actors.Tokens;

internal static class Clock
{
    public static DateTimeOffset Of(long ticks) => new(ticks, TimeSpan.Zero);
}
