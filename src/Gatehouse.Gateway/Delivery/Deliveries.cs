using System.Collections.Concurrent;
using Gatehouse.Actors;
using Gatehouse.Actors.Contacts;
using Gatehouse.Actors.Engine;
using Gatehouse.Genesys;
using Microsoft.Extensions.Logging;

namespace Gatehouse.Gateway.Delivery;

/// <summary>
/// This node's senders: at most one runner per contact, which sends its line in order until it is empty or must wait, and nobody else on this node claims for the contact. Runners are begun by an Admit
/// that claimed, by a nudge, or by the pump; a caller that hangs up does not stop them.
/// </summary>
public sealed partial class Deliveries(
    IActors<ContactCommand, ContactReply> contacts,
    NextInLine next,
    Attempt attempt,
    Routes routes,
    ITokenGate gate,
    DueSignal signal,
    ILogger<Deliveries> logger) : IDueHandler, IDisposable
{
    /// <summary>
    /// A line that the pump took for this node is left to it for so long. A claim takes milliseconds, and from then on its lease counts; a node that dies in between costs this and not a lease, and one that waits longer
    /// for its permit loses nothing when another tries as well.
    /// </summary>
    public static readonly TimeSpan TakenFor = TimeSpan.FromSeconds(3);

    private static readonly TimeSpan DrainLook = TimeSpan.FromMilliseconds(20);

    /// <summary>For what was cut off to record that, or to hand its claim back.</summary>
    private static readonly TimeSpan CutGrace = TimeSpan.FromSeconds(3);

    private readonly ConcurrentDictionary<string, Runner> _runners = new(StringComparer.Ordinal);
    private readonly CancellationTokenSource _stopping = new();
    private readonly CancellationTokenSource _noMore = new();

    /// <summary>Whether anything can be sent while the API is paused.</summary>
    private readonly bool _goesOnInPauses = routes.All.Any(static r => !r.Route.CallsApi);

    // Counted here: the dictionary's own count takes all of its locks.
    private int _running;
    private volatile bool _draining;

    public int Running => Volatile.Read(ref _running);

    /// <summary>
    /// What the pump may take, not knowing whose lines are due: as many as the busiest route has places for, but for one that stands still; one probe when one is due while every circuit is open; nothing while all that
    /// could be sent is paused. A line that turns out to be of a route that takes nobody is put off (<see cref="NextInLine"/>), so that the others come to be looked at.
    /// </summary>
    public int Room
    {
        get
        {
            if (_draining || (gate.PausedUntil is not null && !_goesOnInPauses)) return 0;
            var (attempts, free, closed, probe) = (0, int.MaxValue, false, false);
            foreach (var (_, health) in routes.All)
            {
                attempts += health.Attempts;
                closed |= !health.IsOpen;
                probe |= health.MayEnter;
                if (!health.StandsStill) free = Math.Min(free, RouteHealth.MostAttempts - health.Attempts);
            }
            if (free == int.MaxValue) return 0;
            // Runners that only look yet may be of any route.
            free = Math.Max(0, free - Math.Max(0, Running - attempts));
            return closed ? free : Math.Min(free, probe ? 1 : 0);
        }
    }

    private int MostRunners => RouteHealth.MostAttempts * routes.All.Count;

    /// <summary>
    /// The contact's runner, before an Admit asks for a claim. Without it a clock that jumps between that turn and its sending makes the claim look lapsed, and another runner of this node sends the upload beside.
    /// Null: the contact has a runner, or the route takes nobody now; the upload waits in its line.
    /// </summary>
    public SenderPlace? TryTakePlace(string contact, RouteHealth route)
    {
        if (route.TryEnter() is not { } pass) return null;
        var runner = new Runner();
        if (_runners.TryAdd(contact, runner)) return new SenderPlace(pass, work => Begin(contact, runner, work));
        pass.Dispose();
        return null;
    }

    /// <summary>The contact's line has an entry that may go now.</summary>
    public void Nudge(string contact)
    {
        if (_draining) return;
        while (true)
        {
            if (_runners.TryGetValue(contact, out var running))
            {
                if (running.TryAskAgain()) return;
                continue;
            }
            // With every runner busy the pump takes the contact up when one is free.
            if (Running >= MostRunners) return;
            var runner = new Runner();
            if (!_runners.TryAdd(contact, runner)) continue;
            _ = RunAsync(contact, runner, work: null);
            return;
        }
    }

    public void Due(string key) => Nudge(key);

    /// <summary>Begins nothing new; waits for what runs, then cuts it off.</summary>
    public async Task DrainAsync(TimeSpan most, TimeProvider time, CancellationToken cancellationToken)
    {
        _draining = true;
        // Who waits for a permit has claimed nothing yet.
        await _noMore.CancelAsync();
        await IdleAsync(most);
        await _stopping.CancelAsync();
        await IdleAsync(CutGrace);

        async Task IdleAsync(TimeSpan longest)
        {
            var began = time.GetTimestamp();
            while (Running > 0 && time.GetElapsedTime(began) < longest && !cancellationToken.IsCancellationRequested) await Task.Delay(DrainLook, time, CancellationToken.None);
        }
    }

    public void Dispose()
    {
        _stopping.Dispose();
        _noMore.Dispose();
    }

    /// <param name="work">Null: nothing was claimed, and the place is left.</param>
    private void Begin(string contact, Runner runner, Work? work)
    {
        if (work is not null || runner.TakesAnotherLook()) _ = RunAsync(contact, runner, work);
        else _runners.TryRemove(new(contact, runner));
    }

    private async Task RunAsync(string contact, Runner runner, Work? work)
    {
        Interlocked.Increment(ref _running);
        await Task.Yield();
        try
        {
            do
            {
                work ??= await next.TakeAsync(contact, _noMore.Token);
                while (work is not null)
                {
                    var reply = await SendAsync(work);
                    work = null;
                    if (_draining || reply is not ContactReply.Recorded { Waiting: > 0, HeadNotBefore: null }) break;
                    work = await next.TakeAsync(contact, _noMore.Token);
                }
            }
            while (!_draining && runner.TakesAnotherLook());
        }
        catch (OperationCanceledException) when (_draining)
        {
            // The node stops; what is left is durable and due.
        }
        catch (Exception e) when (e is not OutOfMemoryException)
        {
            LogRunnerEnded(logger, contact, e);
        }
        finally
        {
            runner.Close();
            _runners.TryRemove(new(contact, runner));
            // With fewer under way no route was full.
            if (Interlocked.Decrement(ref _running) >= RouteHealth.MostAttempts - 1) signal.Wake();
        }
    }

    private async ValueTask<ContactReply?> SendAsync(Work work)
    {
        using (work)
        {
            if (!_stopping.IsCancellationRequested) return await attempt.RunAsync(work, _stopping.Token);
            return await contacts.AskAsync(work.Contact, new Complete(work.Claim.Id, work.Claim.Fence, new AttemptOutcome.HandedBack()));
        }
    }

    [LoggerMessage(EventId = 3101, Level = LogLevel.Error, Message = "Sending for contact {Contact} stopped; the pump takes its line up again")]
    private static partial void LogRunnerEnded(ILogger logger, string contact, Exception error);

    /// <summary>A contact's runner, and whether somebody asked it to look at the line once more before it ends.</summary>
    private sealed class Runner
    {
        private bool _again;
        private bool _closed;

        public bool TryAskAgain()
        {
            lock (this)
            {
                if (_closed) return false;
                return _again = true;
            }
        }

        public bool TakesAnotherLook()
        {
            lock (this)
            {
                if (!_again) _closed = true;
                _again = false;
                return !_closed;
            }
        }

        public void Close()
        {
            lock (this) _closed = true;
        }
    }
}
