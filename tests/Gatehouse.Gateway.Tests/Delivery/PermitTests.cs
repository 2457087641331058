using Gatehouse.Gateway.Configuration;
using Gatehouse.Gateway.Delivery;
using Gatehouse.Gateway.Tests.Running;
using Gatehouse.Genesys;
using Gatehouse.Genesys.Routes;

namespace Gatehouse.Gateway.Tests.Delivery;

/// <summary>A permit that was taken for nothing is to be had again: a small budget would lose a call by each.</summary>
public sealed class PermitTests : GatewayAtScript
{
    private protected override GatehouseOptions Adjust(GatehouseOptions options) => options with { Genesys = options.Genesys with { RequestsPerMinute = 60 } };

    private ITokenGate Gate => Gateway.Get<ITokenGate>();

    [Fact]
    public async Task A_duplicate_gives_the_permit_back_that_its_admission_had_taken()
    {
        await DeliverAsync("ada", "hello");
        await OneAtHandAsync();
        Assert.True((await Gateway.UploadAsync("ada", "hello")).IsDuplicate);
        Assert.Equal(1, Gate.PermitsAtHand);
    }

    [Fact]
    public async Task An_admission_that_finds_its_line_busy_gives_the_permit_back()
    {
        Route.Answer = (_, _) => Task.FromResult<RouteOutcome>(new RouteOutcome.Trouble(Outage: true, OutcomeUnknown: false, TimeSpan.FromMinutes(5), "down"));
        await Gateway.UploadAsync("ada", "waits", prefer: "wait=0");
        await PassTimeUntilAsync(() => Route.Asked.Count == 1 && Gateway.Get<Deliveries>().Running == 0);
        await OneAtHandAsync();
        Assert.Equal(202, (await Gateway.UploadAsync("ada", "behind it", prefer: "wait=0")).Status);
        Assert.Equal(1, Gate.PermitsAtHand);
    }

    [Fact]
    public async Task A_look_at_a_head_that_may_not_go_yet_gives_the_permit_back()
    {
        Route.Answer = (row, _) => Task.FromResult<RouteOutcome>(
            row.ContactId is "ada" ? new RouteOutcome.Trouble(Outage: false, OutcomeUnknown: false, TimeSpan.FromMinutes(5), "its own") : new RouteOutcome.Sent(null));
        await Gateway.UploadAsync("ada", "poison", prefer: "wait=0");
        await PassTimeUntilAsync(() => Route.Asked.Count == 1 && Gateway.Get<Deliveries>().Running == 0);
        // The route works: a head may be looked at early, and this one's fault was its own.
        await DeliverAsync("bob", "hello");
        Clock.Advance(TimeSpan.FromSeconds(10));
        await LookAsync();
        Assert.Equal((2, 1), (Route.Asked.Count, Gate.PermitsAtHand));
    }

    [Fact]
    public async Task A_head_whose_bytes_are_damaged_gives_the_permit_back()
    {
        Route.Answer = (_, _) => Task.FromResult<RouteOutcome>(new RouteOutcome.Trouble(Outage: false, OutcomeUnknown: false, TimeSpan.FromSeconds(5), "its own"));
        var damaged = await Gateway.UploadAsync("ada", new string('a', 300_000), prefer: "wait=0");
        await PassTimeUntilAsync(() => Route.Asked.Count == 1 && Gateway.Get<Deliveries>().Running == 0);
        await using (var blob = new FileStream(Path.Combine(Gateway.Get<GatehouseOptions>().Data.Directory, "blobs", damaged.Id), FileMode.Open)) blob.WriteByte((byte)'?');
        Clock.Advance(TimeSpan.FromSeconds(10));
        await LookAsync();
        Assert.Equal("failed", (await Gateway.GetAsync(damaged.Location)).State);
        Assert.Equal((1, 1), (Route.Asked.Count, Gate.PermitsAtHand));
    }

    private async Task DeliverAsync(string contact, string text)
    {
        var upload = Gateway.UploadAsync(contact, text);
        await PassTimeUntilAsync(() => upload.IsCompleted);
        Assert.Equal(200, (await upload).Status);
    }

    /// <summary>At the head of ada's line, with a permit at hand and while no time passes.</summary>
    private async Task LookAsync()
    {
        await PassTimeUntilAsync(() => Gateway.Get<Deliveries>().Running == 0);
        await OneAtHandAsync();
        Gateway.Get<Deliveries>().Nudge("ada");
        await Eventually.TrueAsync(() => Gateway.Get<Deliveries>().Running == 0);
    }

    /// <summary>Again while time passes faster than this test comes along: a lease may be over when its permit has come back.</summary>
    private Task OneAtHandAsync() => Eventually.HoldsAsync("a permit is at hand", async () =>
    {
        var taken = Gate.TakeAsync(CancellationToken.None).AsTask();
        await PassTimeUntilAsync(() => taken.IsCompleted);
        Gate.Return(await taken, Clock.GetTimestamp());
        return Gate.PermitsAtHand == 1 ? null : $"{Gate.PermitsAtHand} are";
    });
}
