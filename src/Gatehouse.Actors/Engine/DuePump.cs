using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace Gatehouse.Actors.Engine;

/// <summary>Wakes the actors of one kind whose time has come: takes them from the store, as many as the handler has room for, and hands it their keys.</summary>
/// <param name="moveOn">How far a taken actor's time is moved on: what a node costs that dies with it before its turn has set another.</param>
/// <param name="longestWait">After this machine's clock was set back, actors with something to do that are due later than this from now get due at once. Zero where the store goes by that clock: each wait looks too long then, by the step, and
/// the actor knows how much of it is left. Null: not looked for.</param>
public sealed partial class DuePump(
    IActorStore store, string kind, IDueHandler handler, TimeSpan moveOn, DueSignal signal, TimeProvider time, ILogger? log = null, TimeSpan? longestWait = null)
{
    /// <summary>Longest sleep: other nodes' saves and a handler's new room are seen after it at the latest.</summary>
    private static readonly TimeSpan LongestSleep = TimeSpan.FromSeconds(1);

    private readonly ILogger _log = log ?? NullLogger.Instance;
    private readonly ClockWatch _clock = new(time);

    /// <summary>Runs until cancelled, then returns. A failing store is asked again after the longest sleep.</summary>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        while (!cancellationToken.IsCancellationRequested)
        {
            // Armed first: what becomes due during the look ends the sleep after it.
            var nudge = signal.Arm(DateTimeOffset.MaxValue);
            var sleep = LongestSleep;
            try
            {
                sleep = await LookAsync(cancellationToken);
            }
            catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
            {
                return;
            }
            catch (Exception e)
            {
                LogLookFailed(e, kind);
            }
            if (sleep > TimeSpan.Zero) await SleepAsync(nudge, sleep, cancellationToken);
        }
    }

    /// <summary>One look. Returns how long there is nothing to do.</summary>
    private async ValueTask<TimeSpan> LookAsync(CancellationToken cancellationToken)
    {
        if (longestWait is { } longest && _clock.WasSetBack()) await store.PullInAsync(kind, longest, cancellationToken);
        var room = handler.Room;
        if (room <= 0) return LongestSleep;
        // Read first: an empty look at a store costs less than an empty write.
        var wait = await UntilNextAsync(cancellationToken);
        if (wait > TimeSpan.Zero) return wait;
        var keys = await store.TakeDueAsync(kind, room, moveOn, cancellationToken);
        foreach (var key in keys) handler.Due(key);
        return keys.Count > 0 ? await UntilNextAsync(cancellationToken) : LongestSleep;
    }

    private async ValueTask<TimeSpan> UntilNextAsync(CancellationToken cancellationToken)
    {
        var wait = await store.UntilDueAsync(kind, cancellationToken) ?? LongestSleep;
        if (wait >= LongestSleep) return LongestSleep;
        return wait > TimeSpan.Zero ? wait : TimeSpan.Zero;
    }

    private async Task SleepAsync(Task nudge, TimeSpan sleep, CancellationToken cancellationToken)
    {
        signal.SleepsUntil(time.GetUtcNow() + sleep);
        using var over = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        // Rounded up: a sleep that ends a moment early only finds nothing due and sleeps again.
        var asleep = Task.Delay(sleep + TimeSpan.FromMilliseconds(1), time, over.Token);
        await Task.WhenAny(nudge, asleep);
        await over.CancelAsync();
    }

    [LoggerMessage(EventId = 2101, Level = LogLevel.Warning, Message = "Looking for due {Kind} actors failed; trying again")]
    private partial void LogLookFailed(Exception e, string kind);
}
