using System.Collections.Immutable;

namespace Gatehouse.Actors.Tokens;

/// <summary>As <c>Settling</c> does for a contact: nothing lies further ahead of now than it could have been set, whatever the clock did.</summary>
internal static class TokenSettling
{
    public static TokenState Settled(this TokenState state, TokenRules rules, Budget budget, long now)
    {
        var next = state;
        if (RateCorrection.Settled(state.Rate, now) is var rate && rate != state.Rate) next = next with { Rate = rate };
        var paced = RateCorrection.For(rules, budget, next);
        if (state.ExpiresAt > now + state.Life) next = next with { ExpiresAt = now + state.Life };
        if (state.RefreshNotBefore > now + rules.MaxRefreshWait.Ticks) next = next with { RefreshNotBefore = now + rules.MaxRefreshWait.Ticks };
        if (state.PausedUntil > now + state.Pause) next = next with { PausedUntil = now + state.Pause };
        // What is over must not come back when the clock is set back.
        if (state.PausedUntil != 0 && state.PausedUntil <= now) next = next with { PausedUntil = 0, Pause = 0 };
        if (state.RefreshNotBefore != 0 && state.RefreshNotBefore <= now) next = next with { RefreshNotBefore = 0 };
        if (state.NextPermit > now + paced.Lease + paced.Interval) next = next with { NextPermit = now + paced.Lease + paced.Interval };
        if (state.Refresh is { } refresh && refresh.Until > now + rules.RefreshLease.Ticks)
        {
            next = next with { Refresh = refresh with { Until = now + rules.RefreshLease.Ticks } };
        }
        if (Grants(state.Grants, now) is var grants && grants != state.Grants) next = next with { Grants = grants };
        return next;
    }

    /// <summary>A lease from a time to come was given before the clock was set back; what is left of it is its node's to see.</summary>
    private static ImmutableArray<Grant> Grants(ImmutableArray<Grant> grants, long now)
    {
        foreach (var grant in grants)
        {
            if (grant.At > now) return grants.RemoveAll(one => one.At > now);
        }
        return grants;
    }
}
