using System.Globalization;
using Gatehouse.Gateway.Configuration;
using Gatehouse.Gateway.Tests.Running;

namespace Gatehouse.Gateway.Tests.Events;

/// <summary>Event streams and a node's stop, on the real store.</summary>
public sealed class EventsAcrossRestartsTests : GatewayAtSimulator
{
    private protected override GatehouseOptions Adjust(GatehouseOptions options) => options with { ShutdownSeconds = 1 };

    [Fact]
    public async Task A_stop_ends_every_stream_in_good_order_and_its_client_goes_on_where_it_was()
    {
        await Genesys.FaultsAsync(new { latency_ms = 60_000 });
        var upload = await Gateway.UploadAsync("ada", "hello", prefer: "wait=0");
        await Gateway.UntilAsync(upload.Location, "delivering");
        using var events = await EventReader.OpenAsync(Gateway, upload.Location);
        Assert.Equal("2 delivering", (await events.NextAsync())!.ToString());
        // The attempt is cut off and handed back: the number that was told for it stands for the one that the next start makes.
        await RestartAsync(whileStopping: async () =>
        {
            Assert.Null(await events.NextAsync());
            await Genesys.HealAsync();
        });
        using var again = await EventReader.OpenAsync(Gateway, upload.Location, lastEventId: "2");
        Assert.Equal(["3 delivered"], await again.RestAsync());
    }

    [Fact]
    public async Task Numbers_mean_the_same_after_a_restart()
    {
        await Genesys.FaultsAsync(new { status = 503 });
        var upload = await Gateway.UploadAsync("ada", "hello", prefer: "wait=0");
        await Eventually.GetAsync("an attempt was made", async () => ((await Gateway.GetAsync(upload.Location)).Body.GetProperty("upload").GetProperty("attempts").GetInt32() > 0, ""));
        using var before = await EventReader.OpenAsync(Gateway, upload.Location);
        var told = long.Parse((await before.NextAsync())!.Id, CultureInfo.InvariantCulture);
        await RestartAsync();
        using var after = await EventReader.OpenAsync(Gateway, upload.Location);
        Assert.InRange(long.Parse((await after.NextAsync())!.Id, CultureInfo.InvariantCulture), told, long.MaxValue);
        await Genesys.HealAsync();
        var rest = await after.RestAsync();
        var attempts = (await Gateway.GetAsync(upload.Location)).Body.GetProperty("upload").GetProperty("attempts").GetInt32();
        Assert.Equal(FormattableString.Invariant($"{2 * attempts + 1} delivered"), rest[^1]);
    }
}
