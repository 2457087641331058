namespace Gatehouse.Actors.Tokens;

/// <summary>
/// The budget as Genesys' own count corrects it: others may call as the same client, or its limit may be lower than the configured one. Only ever downwards, and only until the window ends that was told of.
/// </summary>
internal static class RateCorrection
{
    /// <summary>Genesys counts by the minute; a window that is said to end later is not believed.</summary>
    private const long LongestWindow = 2 * TimeSpan.TicksPerMinute;

    public static TokenState Corrected(this TokenState state, Budget budget, TakeLease command, long now)
    {
        // A re-run brings what it brought before.
        if (budget.Unlimited || command.Seen is not { Allowed: > 0 } seen || state.Grants.Any(had => had.Request == command.Request)) return state;
        var ends = now + Math.Clamp(seen.ResetsIn.Ticks, 0, LongestWindow);
        if (ends == now) return state;
        long left = seen.Left;
        // What other nodes may still use of their leases is not in the count yet.
        foreach (var other in state.Grants)
        {
            if (other.At + budget.Lease > now && !string.Equals(other.Node, command.Node, StringComparison.Ordinal)) left -= other.Permits;
        }
        return state with { Rate = new RateWindow(seen.Allowed, (int)Math.Clamp(left, 0, seen.Allowed), ends) };
    }

    /// <summary>A window that is over, or lies further ahead than one could, as after a clock that was set back.</summary>
    public static RateWindow? Settled(RateWindow? rate, long now) =>
        rate is null || rate.EndsAt <= now ? null : rate.EndsAt > now + LongestWindow ? rate with { EndsAt = now + LongestWindow } : rate;

    /// <summary>Paced by the client's own limit while that is known to be the lower one.</summary>
    public static Budget For(TokenRules rules, Budget configured, TokenState state) =>
        state.Rate is { } rate && rate.Allowed < rules.RequestsPerMinute ? new Budget(rules with { RequestsPerMinute = rate.Allowed }, configured) : configured;
}
