using Gatehouse.Actors;
using Gatehouse.Actors.Contacts;
using Gatehouse.Actors.Engine;
using Gatehouse.Genesys;
using Microsoft.Extensions.Logging;

namespace Gatehouse.Gateway.Delivery;

/// <summary>
/// The first success after a failure makes the heads that wait out somebody else's fault due at once: in one statement, whichever route they wait for, and so at most once a second; while a route is down, whose lines would
/// each time be looked at for nothing, at most every ten.
/// </summary>
public sealed partial class Recovery(IActorStore store, ContactActor contacts, DueSignal signal, Routes routes, ITokenGate gate, TimeProvider time, ILogger<Recovery> logger)
{
    private static readonly TimeSpan Least = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan LeastWhileOneIsDown = TimeSpan.FromSeconds(10);
    private readonly Lock _lock = new();
    private bool _running;
    private bool _wanted;

    public void Watch()
    {
        foreach (var route in routes.All) route.Health.WorksAgain = Wanted;
        gate.CredentialsWorkAgain = () =>
        {
            foreach (var route in routes.All) route.Health.PutRight();
        };
    }

    private void Wanted()
    {
        lock (_lock)
        {
            _wanted = true;
            if (_running) return;
            _running = true;
        }
        _ = HastenAsync();
    }

    private async Task HastenAsync()
    {
        while (IsWanted())
        {
            try
            {
                if (await store.HastenAsync(contacts.Name, CancellationToken.None) is > 0 and var heads) LogHastened(logger, heads);
                signal.Wake();
            }
            catch (Exception e) when (e is not OutOfMemoryException)
            {
                LogFailed(logger, e);
            }
            var began = time.GetTimestamp();
            do await Task.Delay(Least, time);
            while (routes.All.Any(static r => r.Health.IsOpen) && time.GetElapsedTime(began) < LeastWhileOneIsDown);
        }
    }

    private bool IsWanted()
    {
        lock (_lock)
        {
            _running = _wanted;
            _wanted = false;
            return _running;
        }
    }

    [LoggerMessage(EventId = 3301, Level = LogLevel.Information, Message = "The route works again: {Heads} waiting lines go on")]
    private static partial void LogHastened(ILogger logger, int heads);

    [LoggerMessage(EventId = 3302, Level = LogLevel.Warning, Message = "Waiting lines could not be hastened; they go on when their own time comes")]
    private static partial void LogFailed(ILogger logger, Exception error);
}
