using Gatehouse.Actors.Tokens;
using Gatehouse.Genesys.Routes;

namespace Gatehouse.Genesys.Tests;

/// <summary>What the head of an answer says of limits.</summary>
public sealed class RateHeadersTests
{
    [Theory]
    [InlineData("120", "300", "42", 300, 180, 42)]
    [InlineData("301", "300", "7", 300, 0, 7)]
    public async Task Genesys_own_count_goes_to_the_gate(string count, string allowed, string reset, int limit, int left, int seconds)
    {
        await using var rig = await RouteRig.StartAsync();
        rig.Stub.OnApi = context => GenesysStub.Answer(context, 200, "{}", headers: [("inin-ratelimit-count", count), ("inin-ratelimit-allowed", allowed), ("inin-ratelimit-reset", reset)]);
        await rig.SendAsync();
        Assert.Equal(new RateSeen(limit, left, TimeSpan.FromSeconds(seconds)), Assert.Single(rig.Gate.Counted));
    }

    [Theory]
    [InlineData("120", "0", "42")]
    [InlineData("-3", "300", "42")]
    [InlineData("many", "300", "42")]
    [InlineData("120", "300", "99999999999999")]
    public async Task A_count_that_is_none_is_passed_over(string count, string allowed, string reset)
    {
        await using var rig = await RouteRig.StartAsync();
        rig.Stub.OnApi = context => GenesysStub.Answer(context, 200, "{}", headers: [("inin-ratelimit-count", count), ("inin-ratelimit-allowed", allowed), ("inin-ratelimit-reset", reset)]);
        await rig.SendAsync();
        Assert.Empty(rig.Gate.Counted);
    }

    [Fact]
    public async Task A_call_whose_permit_was_taken_before_a_pause_is_not_made_during_it()
    {
        await using var rig = await RouteRig.StartAsync();
        rig.Gate.Holds = TimeSpan.FromSeconds(2);
        Assert.Equal(TimeSpan.FromSeconds(2), Assert.IsType<RouteOutcome.RateLimited>(await rig.SendAsync()).RetryAfter);
        Assert.Empty(rig.Stub.Api);
        Assert.Empty(rig.Gate.Pauses);
    }

    [Theory]
    [InlineData(429)]
    [InlineData(503)]
    public async Task A_longer_pause_than_is_granted_is_cut_and_told(int status)
    {
        await using var rig = await RouteRig.StartAsync(o => o.MaxRetryAfterSeconds = 180);
        rig.Stub.OnApi = context => GenesysStub.Answer(context, status, headers: ("Retry-After", "7200"));
        await rig.SendAsync();
        Assert.Equal((TimeSpan.FromHours(2), TimeSpan.FromMinutes(3)), Assert.Single(rig.Telemetry.Cut));
    }
}
