namespace Gatehouse.Actors.Tokens;

/// <summary>
/// The request budget as a line of permits, each with a nominal time, at least <see cref="Interval"/> apart and never more than burst - 1 intervals in the past when it is given.
/// A permit may be used from its nominal time (or its giving, if that is later) until its lease ends. So uses inside 60 s are of permits whose nominal times lie inside
/// 60 s + lease + (burst - 1) intervals, and with an interval of (60 s + lease) / (budget - burst + 1) that many permits are at most the budget.
/// </summary>
internal sealed class Budget
{
    private readonly long _reach;

    /// <param name="configured">The budget that this one stands in for while it is lower: it never reaches further back.</param>
    public Budget(TokenRules rules, Budget? configured = null)
    {
        Lease = rules.Lease.Ticks;
        Unlimited = rules.RequestsPerMinute == 0;
        if (Unlimited) return;
        // A thirtieth: two seconds' worth, so that an idle client's first callers do not wait in single file.
        Burst = Math.Max(1, rules.RequestsPerMinute / 30);
        var paid = rules.RequestsPerMinute - Burst + 1;
        Interval = (TimeSpan.TicksPerMinute + Lease + paid - 1) / paid;
        _reach = Math.Min((Burst - 1) * Interval, configured?._reach ?? long.MaxValue);
    }

    public bool Unlimited { get; }
    public int Burst { get; }
    public long Interval { get; }
    public long Lease { get; }

    /// <summary>The next permit's nominal time, burst and clock considered: never so far in the past that more than a burst is saved up, never further ahead than one could have been given.</summary>
    public long Next(TokenState state, long now) =>
        Math.Clamp(state.NextPermit, now - _reach, now + Lease + Interval);

    /// <summary>How many permits fall due before a lease that begins now ends.</summary>
    public long Due(long next, long now) => next >= now + Lease ? 0 : ((now + Lease - next - 1) / Interval) + 1;
}
