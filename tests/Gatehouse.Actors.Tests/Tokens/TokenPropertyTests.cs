namespace Gatehouse.Actors.Tests.Tokens;

/// <summary>The token actor's promises over random histories: several nodes, random waiting, crashes, lost saves and answers, a clock that jumps.</summary>
public sealed class TokenPropertyTests
{
    [Fact]
    public void Any_sixty_seconds_hold_at_most_the_budget_and_one_refresh_is_alive_at_a_time() => Run(mayJump: false, histories: 3000);

    [Fact]
    public void A_clock_that_jumps_strands_neither_token_nor_permits() => Run(mayJump: true, histories: 2000);

    private static void Run(bool mayJump, int histories)
    {
        var seen = new Dictionary<string, int>(StringComparer.Ordinal);
        Histories.Check(histories, longest: 200, history =>
        {
            var world = new TokenWorld(mayJump, history.Length > 0 ? history[0].How : 0);
            world.Run(history);
            foreach (var (what, times) in world.Seen) seen[what] = seen.GetValueOrDefault(what) + times;
        });
        string[] all =
        [
            "lost save", "lost answer", "late re-run", "refreshed", "void refresh", "refresh failed", "refresh claimed", "invalidated", "void invalidation", "paused", "permits", "secret changed",
            // What was given under a clock that went back proves nothing about a budget: there it is seldom looked at.
            .. (string[])(mayJump ? ["clock set back", "clock set forward"] : ["budget used to the last", "Genesys' own count"]),
        ];
        foreach (var what in all) Assert.True(seen.GetValueOrDefault(what) >= 50, $"{what}: {seen.GetValueOrDefault(what)} times.");
    }
}
