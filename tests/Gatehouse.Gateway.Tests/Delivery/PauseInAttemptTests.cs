using Gatehouse.Gateway.Configuration;
using Gatehouse.Gateway.Tests.Running;
using Gatehouse.Genesys;
using Gatehouse.Genesys.Routes;

namespace Gatehouse.Gateway.Tests.Delivery;

/// <summary>An attempt of several calls, and the API paused between two of them.</summary>
public sealed class PauseInAttemptTests : GatewayAtScript
{
    private protected override GatehouseOptions Adjust(GatehouseOptions options) => options with { Delivery = options.Delivery with { AttemptTimeoutSeconds = 20 } };

    [Fact]
    public async Task A_pause_that_is_longer_than_an_attempt_may_take_is_waited_out()
    {
        var sent = false;
        Route.Answer = async (_, cancellationToken) =>
        {
            var gate = Gateway.Get<ITokenGate>();
            await gate.BackOffAsync(await gate.TakeAsync(cancellationToken), TimeSpan.FromSeconds(60), cancellationToken);
            await gate.TakeAsync(cancellationToken);
            Volatile.Write(ref sent, true);
            return new RouteOutcome.Sent(null);
        };
        var queued = await Gateway.UploadAsync("ada", "hello", prefer: "wait=0");
        await PassTimeUntilAsync(() => Volatile.Read(ref sent));
        Assert.Equal(1, (await Gateway.UntilAsync(queued.Location, "delivered")).GetProperty("attempts").GetInt32());
    }
}
