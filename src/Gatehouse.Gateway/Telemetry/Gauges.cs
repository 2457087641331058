using Gatehouse.Actors;
using Gatehouse.Gateway.Delivery;
using Gatehouse.Gateway.Events;
using Gatehouse.Genesys;

namespace Gatehouse.Gateway.Telemetry;

/// <summary>Reads the gauges when they are asked for, and not otherwise.</summary>
public sealed class Gauges(GatewayMetrics metrics, IUploadRows rows, ITokenGate gate, Routes routes, Deliveries deliveries, IBlobStore blobs, StatusWatches watches, TimeProvider time)
{
    public void Register() => metrics.Registry.AddBeforeCollectCallback(ReadAsync);

    private async Task ReadAsync(CancellationToken cancellationToken)
    {
        metrics.Queue(await rows.BacklogAsync(cancellationToken), time.GetUtcNow());
        metrics.Genesys(gate.PermitsAtHand, gate.PausedUntil is not null);
        foreach (var route in routes.All) metrics.Route(route.Route.Name, !route.Health.IsOpen);
        metrics.Node(deliveries.Running, blobs.StoredBytes, watches.Open);
    }
}
