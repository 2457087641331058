using Gatehouse.Gateway.Configuration;
using Gatehouse.Gateway.Health;
using Gatehouse.Gateway.Tests.Running;

namespace Gatehouse.Gateway.Tests.Delivery;

/// <summary>A stop in good order, on the real store, with time for what is under way. Genesys answers late: when its clock is moved.</summary>
public sealed class ShutdownTests : GatewayAtSimulator
{
    private readonly ManualTime _genesysClock = new();

    private protected override TimeProvider GenesysTime => _genesysClock;

    [Fact]
    public async Task What_is_under_way_ends_and_its_caller_hears_of_it()
    {
        await Genesys.FaultsAsync(new { latency_ms = 1000 });
        var upload = Gateway.UploadAsync("ada", "hello");
        await _genesysClock.Sleeping;
        var stopping = Gateway.App.StopAsync();
        await Eventually.TrueAsync(() => Gateway.Get<Readiness>().IsDraining);
        Assert.False(upload.IsCompleted);
        var newcomer = await Gateway.UploadAsync("bob", "good day");
        Assert.Equal((503, "shutting-down", "5"), (newcomer.Status, newcomer.Code, newcomer.Header("Retry-After")));
        _genesysClock.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal((200, "delivered"), ((await upload).Status, (await upload).State));
        await stopping;
    }
}

/// <summary>A stop that ends before what is under way.</summary>
public sealed class HurriedShutdownTests : GatewayAtSimulator
{
    private protected override GatehouseOptions Adjust(GatehouseOptions options) => options with { ShutdownSeconds = 1 };

    [Fact]
    public async Task Who_still_waits_at_the_end_is_told_202_and_the_next_start_sends_it()
    {
        await Genesys.FaultsAsync(new { status = 503 });
        var upload = Gateway.UploadAsync("ada", "hello", prefer: "wait=60");
        await Gateway.UntilAdmittedAsync("ada");
        await RestartAsync(whileStopping: async () => Assert.Equal(202, (await upload).Status));
        await Genesys.HealAsync();
        await Gateway.UntilAsync((await upload).Location, "delivered");
    }

    [Fact]
    public async Task An_attempt_that_does_not_end_is_cut_off_and_made_again_by_the_next_start()
    {
        await Genesys.FaultsAsync(new { latency_ms = 60_000 });
        var upload = await Gateway.UploadAsync("ada", "hello", prefer: "wait=0");
        await Gateway.UntilAsync(upload.Location, "delivering");
        // Healed before the start, which tries again at once; the call that hangs goes on hanging.
        await RestartAsync(whileStopping: Genesys.HealAsync);
        await Gateway.UntilAsync(upload.Location, "delivered");
        Assert.Equal(RunningGateway.Sha256("hello"), Assert.Single((await Genesys.HashesAsync()).Distinct(StringComparer.Ordinal)));
    }
}
