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
    /// <summary>Attempts at a time on one node: enough to fill 3,000 requests a minute at a second each, and at 256 KB a piece no more than 16 MB of buffers.</summary>
    public const int MostRunners = 64;

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
    // Counted here: the dictionary's own count takes all of its locks.
    private int _running;
    private volatile bool _draining;

    public int Running => Volatile.Read(ref _running);

    /// <summary>What the pump may take: free runners (each waits for its permit), one probe when one is due while every circuit is open, nothing while paused.</summary>
    public int Room
    {
        get
        {
            if (_draining || gate.PausedUntil is not null) return 0;
            var free = Math.Max(0, MostRunners - Running);
            // A route that nothing goes by keeps nobody busy: else the lines of one that is down would be looked at again and again.
            var tried = routes.All.Where(static r => r.Health.WasTried).ToList();
            return tried.Count > 0 && tried.TrueForAll(static r => r.Health.IsOpen) ? Math.Min(free, tried.Exists(static r => r.Health.MayEnter) ? 1 : 0) : free;
        }
    }

    /// <summary>
    /// The contact's runner, before an Admit asks for a claim. Without it a clock that jumps between that turn and its sending makes the claim look lapsed, and another runner of this node sends the upload beside.
    /// Null: the contact has a runner, or every one is busy; the upload waits in its line.
    /// </summary>
    public SenderPlace? TryTakePlace(string contact)
    {
        if (Running >= MostRunners) return null;
        var runner = new Runner();
        return _runners.TryAdd(contact, runner) ? new SenderPlace(work => Begin(contact, runner, work)) : null;
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
            if (Interlocked.Decrement(ref _running) >= MostRunners - 1) signal.Wake();
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
