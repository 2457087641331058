using Gatehouse.Actors.Engine;
using Gatehouse.Actors.Engine.Sweeping;
using Gatehouse.Gateway.Configuration;
using Gatehouse.Gateway.Delivery;
using Gatehouse.Gateway.Health;
using Gatehouse.Gateway.Telemetry;
using Gatehouse.Genesys.Routes;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Gatehouse.Gateway.Hosting;

/// <summary>
/// What runs beside the requests: the pump, the leases, the sweeper. Begins before the first request; ends after the last: a stop first turns new uploads away, then lets what is under way finish or be handed back.
/// </summary>
public sealed partial class NodeLifetime(
    FreshStart fresh, DuePump pump, BlobDropper dropper, Recovery recovery, LeaseKeeper leases, Sweeper sweeper, Deliveries deliveries, Readiness readiness, Gauges gauges, TimeProvider time, IHostApplicationLifetime lifetime, GatehouseOptions options, ILogger<NodeLifetime> logger) : IHostedService, IDisposable
{
    private readonly CancellationTokenSource _stop = new();
    private Task _running = Task.CompletedTask;

    public async Task StartAsync(CancellationToken cancellationToken)
    {
        await fresh.RunAsync();
        lifetime.ApplicationStopping.Register(readiness.Drain);
        if (string.Equals(options.Delivery.Route, ContactAttachmentsRoute.RouteName, StringComparison.Ordinal) && ContactAttachmentsRoute.StartupWarning(options.Genesys.ToGenesys().ResolveHosts()) is { } warning) LogRoute(logger, warning);
        gauges.Register();
        recovery.Watch();
        _running = Task.WhenAll(pump.RunAsync(_stop.Token), leases.RunAsync(_stop.Token), sweeper.RunAsync(_stop.Token), dropper.RunAsync(_stop.Token));
    }

    public async Task StopAsync(CancellationToken cancellationToken)
    {
        await deliveries.DrainAsync(TimeSpan.FromSeconds(options.ShutdownSeconds), time, cancellationToken);
        await _stop.CancelAsync();
        await _running.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    public void Dispose() => _stop.Dispose();

    [LoggerMessage(EventId = 1401, Level = LogLevel.Warning, Message = "{Warning}")]
    private static partial void LogRoute(ILogger logger, string warning);
}
