using Gatehouse.Gateway.Delivery;
using Gatehouse.Gateway.Tests.Running;

namespace Gatehouse.Gateway.Tests.Delivery;

/// <summary>The machine's clock ran ahead and is set right.</summary>
public sealed class ClockSetBackTests : GatewayAtSimulator
{
    private readonly ManualTime _clock = new();

    private protected override TimeProvider Time => _clock;

    [Fact]
    public async Task What_was_queued_by_a_clock_that_ran_ahead_is_not_left_for_as_long_as_it_did()
    {
        await Genesys.FaultsAsync(new { status = 503 });
        var queued = await Gateway.UploadAsync("ada", "hello", prefer: "wait=0");
        await Eventually.GetAsync("an attempt ended", async () =>
        {
            var attempts = (await Gateway.GetAsync(queued.Location)).Body.GetProperty("upload").GetProperty("attempts").GetInt32();
            return (attempts > 0 && Gateway.Get<Deliveries>().Running == 0, attempts);
        });
        await RestartAsync(whileStopping: () =>
        {
            _clock.Now -= TimeSpan.FromHours(5);
            return Genesys.HealAsync();
        });
        var longest = _clock.GetUtcNow() + TimeSpan.FromMinutes(11);
        await Eventually.GetAsync("it is delivered", async () =>
        {
            _clock.Advance(TimeSpan.FromSeconds(1));
            var state = (await Gateway.GetAsync(queued.Location)).State;
            Assert.True(_clock.GetUtcNow() < longest, "It waits for as long as the clock was set back.");
            return (string.Equals(state, "delivered", StringComparison.Ordinal), state);
        });
    }
}
