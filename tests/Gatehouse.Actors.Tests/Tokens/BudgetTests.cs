using Gatehouse.Actors.Tokens;

namespace Gatehouse.Actors.Tests.Tokens;

public sealed class BudgetTests
{
    [Theory]
    [InlineData(1, 5)]
    [InlineData(60, 1)]
    [InlineData(300, 1)]
    [InlineData(300, 5)]
    [InlineData(3000, 3)]
    public void Nodes_that_always_wait_get_most_of_the_budget_in_shares_and_seldom_ask(int budget, int nodes)
    {
        const int Minutes = 10;
        var token = new TokenDriver(new TokenRules { RequestsPerMinute = budget }, SchemaSamples.Start).WithToken(TimeSpan.FromDays(1));
        var asks = 0;
        var given = new int[nodes];
        var next = Enumerable.Range(1, nodes).Select(offset => SchemaSamples.Start.AddMilliseconds(offset * 17)).ToArray();
        while (true)
        {
            var node = Array.IndexOf(next, next.Min());
            if (next[node] > SchemaSamples.Start.AddMinutes(Minutes)) break;
            token.GoTo(next[node]);
            var lease = token.Lease($"node-{node}", waiting: 10_000);
            given[node] += lease.Permits;
            next[node] = lease.AskAgainAt;
            asks++;
        }
        // The rest is what a lease may be used late, and the burst: 60/62 of (budget - burst + 1).
        Assert.True(given.Sum() >= budget * Minutes * 0.9, $"{given.Sum()} of {budget * Minutes}.");
        if (budget >= 60) Assert.True(given.Min() > 0.4 * given.Sum() / nodes, string.Join(' ', given));
        Assert.True(asks <= Minutes * 60 * nodes * 4, $"{asks} asks.");
        if (nodes == 1) Assert.InRange(asks, 1, Minutes * 60);
    }

    [Fact]
    public void A_call_after_a_rest_goes_at_once_and_only_waiting_ones_are_given_permits()
    {
        var token = new TokenDriver(new TokenRules(), SchemaSamples.Start).WithToken(TimeSpan.FromDays(1));
        Assert.Equal(0, token.Lease("a", waiting: 0).Permits);
        var lease = token.Lease("a", waiting: 2);
        Assert.Equal(2, lease.Permits);
        Assert.True(lease.FirstPermitAt + lease.PermitInterval <= token.Now);
    }

    [Fact]
    public void A_budget_of_zero_is_unlimited_but_not_while_paused()
    {
        var token = new TokenDriver(new TokenRules { RequestsPerMinute = 0 }, SchemaSamples.Start).WithToken(TimeSpan.FromDays(1));
        Assert.Equal((true, int.MaxValue), (token.Lease("a", 5).Unlimited, token.Lease("a", 5).Permits));
        token.Ask(new BackOff(TimeSpan.FromSeconds(30)));
        var paused = token.Lease("a", 5);
        Assert.Equal((true, 0, token.Now.AddSeconds(30)), (paused.Unlimited, paused.Permits, paused.PausedUntil!.Value));
    }

    [Fact]
    public void What_Genesys_has_left_bounds_what_is_given_until_its_window_ends_and_no_longer()
    {
        var token = new TokenDriver(new TokenRules { RequestsPerMinute = 3000 }, SchemaSamples.Start).WithToken(TimeSpan.FromDays(1));
        Assert.Equal(7, token.Lease("a", waiting: 100, new RateSeen(3000, 7, TimeSpan.FromSeconds(5))).Permits);
        var none = token.Lease("b", waiting: 100);
        Assert.Equal((0, none.LeaseUntil), (none.Permits, none.AskAgainAt));
        token.Pass(TimeSpan.FromSeconds(4));
        Assert.Equal((0, token.Now.AddSeconds(1)), (token.Lease("a", waiting: 100) is var last ? last.Permits : -1, last.AskAgainAt));
        token.Pass(TimeSpan.FromSeconds(1));
        Assert.Equal(100, token.Lease("a", waiting: 100).Permits);
    }

    [Fact]
    public void A_limit_of_Genesys_below_the_budget_sets_the_pace_and_one_above_does_not()
    {
        var token = new TokenDriver(new TokenRules { RequestsPerMinute = 3000 }, SchemaSamples.Start).WithToken(TimeSpan.FromDays(1));
        var configured = token.Lease("a", waiting: 1).PermitInterval;
        Assert.Equal(configured, token.Lease("a", 1, new RateSeen(9000, 9000, TimeSpan.FromSeconds(50))).PermitInterval);
        Assert.InRange(token.Lease("a", 1, new RateSeen(300, 300, TimeSpan.FromSeconds(50))).PermitInterval, TimeSpan.FromMilliseconds(200), TimeSpan.FromMilliseconds(230));
        token.Pass(TimeSpan.FromSeconds(51));
        Assert.Equal(configured, token.Lease("a", waiting: 1).PermitInterval);
    }

    [Fact]
    public void A_node_that_is_to_get_the_token_has_its_permits_already()
    {
        var token = new TokenDriver(new TokenRules(), SchemaSamples.Start);
        var refreshing = token.Lease("a", waiting: 3);
        Assert.Equal((true, 3), (refreshing.RefreshFence is not null, refreshing.Permits));
        Assert.Equal(0, token.Lease("b", waiting: 3).Permits);
    }

    [Fact]
    public void A_lease_without_a_budget_is_not_worth_a_save()
    {
        var token = new TokenDriver(new TokenRules { RequestsPerMinute = 0 }, SchemaSamples.Start).WithToken(TimeSpan.FromDays(1));
        var before = token.State;
        Assert.True(token.Lease("a", 5).Unlimited);
        Assert.Same(before, token.State);
    }

    [Fact]
    public void Pauses_merge_by_maximum_and_no_permit_is_given_until_they_end()
    {
        var token = new TokenDriver(new TokenRules(), SchemaSamples.Start).WithToken(TimeSpan.FromDays(1));
        token.Ask(new BackOff(TimeSpan.FromSeconds(30)));
        token.Ask(new BackOff(TimeSpan.FromSeconds(5)));
        token.Pass(TimeSpan.FromSeconds(29));
        var paused = token.Lease("a", waiting: 5);
        Assert.Equal((0, token.Now.AddSeconds(1), token.Now.AddSeconds(1)), (paused.Permits, paused.PausedUntil!.Value, paused.AskAgainAt));
        token.Pass(TimeSpan.FromSeconds(1));
        Assert.Equal(5, token.Lease("a", waiting: 5).Permits);
    }

    [Fact]
    public void A_pause_that_is_over_does_not_come_back_when_the_clock_is_set_back()
    {
        var token = new TokenDriver(new TokenRules(), SchemaSamples.Start).WithToken(TimeSpan.FromDays(1));
        token.Ask(new BackOff(TimeSpan.FromSeconds(30)));
        token.Pass(TimeSpan.FromSeconds(40));
        token.Lease("a", waiting: 1);
        token.Pass(TimeSpan.FromSeconds(-20));
        Assert.Null(token.Lease("a", waiting: 1).PausedUntil);
    }
}
