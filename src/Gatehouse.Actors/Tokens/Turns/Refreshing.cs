namespace Gatehouse.Actors.Tokens;

/// <summary>When a token is due for its refresh, and who makes it.</summary>
internal static class Refreshing
{
    /// <summary>Half an hour of a day's token is ahead enough; a tenth for shorter ones.</summary>
    private const long MostAhead = 30 * TimeSpan.TicksPerMinute;

    /// <summary>Claims the refresh when it is due and nobody has it; the fence is 0 otherwise.</summary>
    public static TokenState Claim(TokenRules rules, TokenState state, long now, out long fence)
    {
        fence = 0;
        if (now < DueAt(state, now) || now < state.RefreshNotBefore || state.Refresh?.Until > now) return state;
        fence = state.NextFence;
        return state with { NextFence = fence + 1, Refresh = new HeldRefresh(fence, now + rules.RefreshLease.Ticks) };
    }

    /// <summary>
    /// One to two tenths of its life ahead of a token's expiry: where between, the version says, so that many clients' refreshes spread although a turn has no dice.
    /// </summary>
    public static long DueAt(TokenState state, long now)
    {
        if (!state.HasToken(now)) return now;
        var ahead = Math.Min(state.Life / 10, MostAhead);
        // Fibonacci hashing: consecutive versions land far apart.
        var spread = (long)(((ulong)(state.Version ^ state.ExpiresAt) * 0x9E37_79B9_7F4A_7C15UL) >> 40);
        return state.ExpiresAt - ahead - (ahead * spread / (1L << 24));
    }
}
