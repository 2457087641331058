using Gatehouse.Gateway.Configuration;
using Gatehouse.Gateway.Tests.Running;
using Gatehouse.Genesys.Routes;
using Microsoft.Extensions.DependencyInjection;

namespace Gatehouse.Gateway.Tests.Delivery;

/// <summary>One route's trouble is not another's, and not another contact's.</summary>
public sealed class SeveralRoutesTests : GatewayAtSimulator
{
    private readonly ScriptedRoute _default = new("plain");
    private readonly ScriptedRoute _other = new("other");
    private readonly ManualTime _clock = new();

    private protected override TimeProvider Time => _clock;

    private protected override GatehouseOptions Adjust(GatehouseOptions options) => options with { Delivery = options.Delivery with { Route = "plain" } };

    private protected override void Add(IServiceCollection services)
    {
        base.Add(services);
        foreach (var route in new[] { _default, _other }) services.AddSingleton<IDeliveryRoute>(route);
    }

    [Fact]
    public async Task A_route_that_is_down_leaves_the_other_open_and_its_own_uploads_queued()
    {
        _default.Answer = (_, _) => Task.FromResult<RouteOutcome>(new RouteOutcome.RouteDown("no permission") { Status = 403 });
        Assert.Equal(502, (await Gateway.UploadAsync("ada", "one")).Status);
        Assert.Equal((202, "queued"), StateOf(await Gateway.UploadAsync("bob", "two")));
        Assert.Equal((200, "delivered"), StateOf(await Gateway.UploadAsync("cy", "three", route: "other")));
    }

    [Fact]
    public async Task A_head_is_sent_by_its_own_route_though_the_default_one_is_down()
    {
        _default.Answer = (_, _) => Task.FromResult<RouteOutcome>(new RouteOutcome.RouteDown("no permission") { Status = 403 });
        Assert.Equal(502, (await Gateway.UploadAsync("ada", "one")).Status);
        var waits = true;
        _other.Answer = (_, _) => Task.FromResult<RouteOutcome>(Volatile.Read(ref waits) ? new RouteOutcome.NotYet(TimeSpan.FromSeconds(15), "No agent.") : new RouteOutcome.Sent(null));
        var queued = await Gateway.UploadAsync("bob", "two", prefer: "wait=0", route: "other");
        await Eventually.TrueAsync(() => _other.Asked.Count == 1);
        Volatile.Write(ref waits, false);
        await DeliveredAsync(queued);
    }

    [Fact]
    public async Task What_cannot_go_yet_waits_uncounted_for_as_long_as_it_takes()
    {
        var asked = 0;
        _default.Answer = (_, _) => Task.FromResult<RouteOutcome>(Interlocked.Increment(ref asked) <= 15 ? new RouteOutcome.NotYet(TimeSpan.FromSeconds(15), "No agent has taken the conversation yet.") : new RouteOutcome.Sent(null));
        var queued = await Gateway.UploadAsync("ada", "hello", prefer: "wait=0");
        await Eventually.TrueAsync(() => Volatile.Read(ref asked) == 1);
        var seen = await Eventually.GetAsync("its first attempt is recorded", async () =>
        {
            var body = (await Gateway.GetAsync(queued.Location)).Body;
            return (body.GetProperty("upload").GetProperty("attempts").GetInt32() == 1, body);
        });
        Assert.Contains("No agent", seen.GetProperty("error").GetProperty("detail").GetString(), StringComparison.Ordinal);
        Assert.Equal("ready", (await Gateway.GetAsync("/health/ready")).Body.GetProperty("status").GetString());
        // More often than a counted failure may be tried.
        Assert.True(new DeliveryOptions().MaxAttempts < 15);
        await DeliveredAsync(queued);
    }

    private static (int Status, string State) StateOf(UploadAnswer answer) => (answer.Status, answer.State);

    private Task DeliveredAsync(UploadAnswer queued) => Eventually.HoldsAsync("it is delivered", async () =>
    {
        _clock.Advance(TimeSpan.FromSeconds(1));
        return (await Gateway.GetAsync(queued.Location)).State is "delivered" ? null : "not yet";
    });
}
