using Gatehouse.Gateway.Delivery;
using Gatehouse.Gateway.Tests.Running;

namespace Gatehouse.Gateway.Tests.Delivery;

/// <summary>A missing permission, the uploads that met it, and what becomes of them when it is granted: by a clock that the test moves.</summary>
public sealed class MissingPermissionTests : GatewayAtSimulator
{
    private readonly ManualTime _clock = new();

    private protected override TimeProvider Time => _clock;

    [Fact]
    public async Task The_waiting_caller_is_told_and_what_was_answered_202_arrives_by_the_probe_after_the_grant()
    {
        await Genesys.FaultsAsync(new { status = 403 });
        var waiting = await Gateway.UploadAsync("ada", "hers");
        Assert.Equal((502, "genesys-refused", 403), (waiting.Status, waiting.Code, waiting.Body.GetProperty("genesys_status").GetInt32()));
        var queued = await Gateway.UploadAsync("bob", "his");
        Assert.Equal((202, "queued"), (queued.Status, queued.State));

        await Genesys.HealAsync();
        _clock.Advance(RouteHealth.ProbeWhenDown - TimeSpan.FromMilliseconds(1));
        Assert.Equal("queued", (await Gateway.GetAsync(queued.Location)).State);
        Assert.Empty(await Genesys.ReceivedAsync());

        await Eventually.HoldsAsync("it is delivered", async () =>
        {
            _clock.Advance(TimeSpan.FromMilliseconds(200));
            return (await Gateway.GetAsync(queued.Location)).State is "delivered" ? null : "not yet";
        });
        Assert.Equal([RunningGateway.Sha256("his")], await Genesys.HashesAsync());
        Assert.Equal("ready", (await Gateway.GetAsync("/health/ready")).Body.GetProperty("status").GetString());
        Assert.Equal("failed", (await Gateway.GetAsync(waiting.Location)).State);
    }
}

/// <summary>A token that Genesys does not take any more, though the gateway's clock says that it lives: the simulator's clock runs ahead.</summary>
public sealed class EndedTokenTests : GatewayAtSimulator
{
    private readonly ManualTime _genesysClock = new();

    private protected override TimeProvider GenesysTime => _genesysClock;

    [Fact]
    public async Task A_fresh_token_cures_a_401_inside_the_same_attempt()
    {
        Assert.Equal(200, (await Gateway.UploadAsync("ada", "one")).Status);
        _genesysClock.Advance(TimeSpan.FromDays(2));
        var cured = await Gateway.UploadAsync("ada", "two");
        Assert.Equal((200, "delivered", 1), (cured.Status, cured.State, cured.Body.GetProperty("upload").GetProperty("attempts").GetInt32()));
        Assert.Equal([RunningGateway.Sha256("one"), RunningGateway.Sha256("two")], await Genesys.HashesAsync());
        var metrics = await Gateway.Http.GetStringAsync("/metrics");
        Assert.Contains("gatehouse_genesys_calls_total{operation=\"contact-attachments\",status=\"401\"} 1\n", metrics, StringComparison.Ordinal);
        Assert.Contains("gatehouse_token_refreshes_total{result=\"ok\"} 2\n", metrics, StringComparison.Ordinal);
    }
}
