using Gatehouse.Actors.Contacts;
using Gatehouse.Actors.Engine;
using Gatehouse.Actors.Engine.Sweeping;
using Gatehouse.Gateway.Configuration;
using Gatehouse.Gateway.Credentials;
using Gatehouse.Gateway.Delivery;
using Gatehouse.Gateway.Health;
using Gatehouse.Gateway.Telemetry;
using Gatehouse.Storage.Postgres;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Gatehouse.Gateway.Hosting;

/// <summary>
/// What runs beside the requests: the pump, the leases, the sweeper. Begins before the first request; ends after the last, when what is under way has finished or is handed back.
/// </summary>
public sealed partial class NodeLifetime(
    FreshStart fresh, DuePump pump, BlobDropper dropper, Recovery recovery, LeaseKeeper leases, Sweeper sweeper, CredentialsWatch credentials, Deliveries deliveries, StoredBytesGuard stored, Draining draining, Gauges gauges, TimeProvider time, GatehouseOptions options, ContactRules rules, ILogger<NodeLifetime> logger, PostgresDatabase? database = null, OtherNodes? others = null) : IHostedService, IDisposable
{
    /// <summary>How often what is stored is counted anew: where other nodes keep and drop files too, before the count is far off.</summary>
    private readonly TimeSpan _countEvery = options.State.SoleOwner ? TimeSpan.FromMinutes(10) : TimeSpan.FromSeconds(10);

    private readonly CancellationTokenSource _stop = new();
    private Task _running = Task.CompletedTask;

    public async Task StartAsync(CancellationToken cancellationToken)
    {
        await fresh.RunAsync();
        await stored.CountAsync(cancellationToken);
        foreach (var warning in StartWarnings.Of(options, rules).Concat(database?.Warnings ?? [])) LogWarning(logger, warning);
        gauges.Register();
        recovery.Watch();
        _running = Task.WhenAll(pump.RunAsync(_stop.Token), leases.RunAsync(_stop.Token), sweeper.RunAsync(_stop.Token), dropper.RunAsync(_stop.Token), credentials.RunAsync(_stop.Token), CountAsync(_stop.Token), others?.RunAsync(_stop.Token) ?? Task.CompletedTask);
    }

    public async Task StopAsync(CancellationToken cancellationToken)
    {
        // The server has stopped by now, and its requests with it: what is left of the time is for attempts that nobody waits for.
        await deliveries.DrainAsync(draining.Left, time, cancellationToken);
        await _stop.CancelAsync();
        await _running.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    public void Dispose() => _stop.Dispose();

    private async Task CountAsync(CancellationToken cancellationToken)
    {
        using var timer = new PeriodicTimer(_countEvery, time);
        while (await timer.WaitForNextTickAsync(cancellationToken))
        {
            try
            {
                await stored.CountAsync(cancellationToken);
            }
            catch (Exception e) when (e is not OperationCanceledException and not OutOfMemoryException)
            {
                LogNotCounted(logger, e);
            }
        }
    }

    [LoggerMessage(EventId = 1402, Level = LogLevel.Warning, Message = "Stored bytes could not be counted anew; the count goes on from the last one")]
    private static partial void LogNotCounted(ILogger logger, Exception error);

    [LoggerMessage(EventId = 1401, Level = LogLevel.Warning, Message = "{Warning}")]
    private static partial void LogWarning(ILogger logger, string warning);
}
