using Gatehouse.Gateway.Configuration;
using Gatehouse.Gateway.Delivery;
using Gatehouse.Gateway.Events;
using Gatehouse.Gateway.Health;
using Gatehouse.Gateway.Pipeline;
using Microsoft.Extensions.Hosting;

namespace Gatehouse.Gateway.Hosting;

/// <summary>
/// The first part of a stop, while the server still listens: new uploads and <c>/health/ready</c> are answered 503, event streams end, so that their clients go on at another node, and uploads under way have
/// <c>ShutdownSeconds</c>. Who still waits then is told 202, so that the server's own stop cuts nobody off.
/// </summary>
public sealed class Draining(Readiness readiness, StatusWatches watches, UploadsUnderWay uploads, Outcomes outcomes, GatehouseOptions options, TimeProvider time) : IHostedLifecycleService
{
    private long _since;

    /// <summary>What is left of <c>ShutdownSeconds</c>.</summary>
    public TimeSpan Left
    {
        get
        {
            var left = TimeSpan.FromSeconds(options.ShutdownSeconds) - time.GetElapsedTime(_since);
            return left > TimeSpan.Zero ? left : TimeSpan.Zero;
        }
    }

    /// <summary>Before anything is stopped, the server too.</summary>
    public async Task StoppingAsync(CancellationToken cancellationToken)
    {
        _since = time.GetTimestamp();
        readiness.Drain();
        watches.EndAll();
        try
        {
            await uploads.None.WaitAsync(Left, time, cancellationToken);
        }
        catch (TimeoutException)
        {
            outcomes.StopWaiting();
        }
    }

    public Task StartingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
