using System.Collections.Concurrent;
using Gatehouse.Actors;
using Gatehouse.Actors.Contacts;
using Gatehouse.Actors.Engine;
using Gatehouse.Genesys;
using Microsoft.Extensions.Logging;

namespace Gatehouse.Gateway.Delivery;

/// <summary>
/// This node's senders: at most one runner per contact, which sends its line in order until it is empty or must wait. Runners are begun by an Admit that claimed, by a
/// nudge, or by the pump; a caller that hangs up does not stop them.
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

    private static readonly TimeSpan DrainLook = TimeSpan.FromMilliseconds(20);

    private readonly ConcurrentDictionary<string, Runner> _runners = new(StringComparer.Ordinal);
    private readonly CancellationTokenSource _stopping = new();
    private volatile bool _draining;

    public int Running => _runners.Count;

    /// <summary>What the pump may take: free runners, no more than the permits that can be had, one probe while every circuit is open, nothing while paused.</summary>
    public int Room
    {
        get
        {
            if (_draining || gate.PausedUntil is not null) return 0;
            var free = Math.Max(0, MostRunners - _runners.Count);
            return routes.All.All(r => r.Health.IsOpen) ? Math.Min(free, routes.All.Any(r => r.Health.NextProbe <= DateTimeOffset.UtcNow) ? 1 : 0) : free;
        }
    }

    /// <summary>An upload whose Admit claimed. Takes over the bytes.</summary>
    public void Start(Work work)
    {
        var runner = _runners.GetOrAdd(work.Contact, static (_, first) => new Runner { First = first }, work);
        if (ReferenceEquals(runner.First, work)) _ = RunAsync(work.Contact, runner);
        else _ = RunBesideAsync(work);
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
            if (_runners.Count >= MostRunners) return;
            var runner = new Runner();
            if (!_runners.TryAdd(contact, runner)) continue;
            _ = RunAsync(contact, runner);
            return;
        }
    }

    public void Due(string key) => Nudge(key);

    /// <summary>Begins nothing new; waits for what runs, then cuts it off.</summary>
    public async Task DrainAsync(TimeSpan most, TimeProvider time, CancellationToken cancellationToken)
    {
        _draining = true;
        var deadline = time.GetTimestamp();
        while (!_runners.IsEmpty && time.GetElapsedTime(deadline) < most && !cancellationToken.IsCancellationRequested)
        {
            await Task.Delay(DrainLook, time, CancellationToken.None);
        }
        await _stopping.CancelAsync();
    }

    public void Dispose() => _stopping.Dispose();

    private async Task RunAsync(string contact, Runner runner)
    {
        await Task.Yield();
        var work = runner.First;
        try
        {
            do
            {
                work ??= await next.TakeAsync(contact, _stopping.Token);
                while (work is not null)
                {
                    var reply = await SendAsync(work);
                    work = null;
                    if (_draining || reply is not ContactReply.Recorded { Waiting: > 0, HeadNotBefore: null }) break;
                    work = await next.TakeAsync(contact, _stopping.Token);
                }
            }
            while (!_draining && runner.TakesAnotherLook());
        }
        catch (OperationCanceledException) when (_stopping.IsCancellationRequested)
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
            var wasFull = _runners.Count >= MostRunners;
            _runners.TryRemove(new(contact, runner));
            if (wasFull) signal.Wake();
        }
    }

    /// <summary>A claim that came by while another runner of the contact was just ending.</summary>
    private async Task RunBesideAsync(Work work)
    {
        await Task.Yield();
        try
        {
            if (await SendAsync(work) is ContactReply.Recorded { Waiting: > 0, HeadNotBefore: null }) Nudge(work.Contact);
        }
        catch (Exception e) when (e is not OutOfMemoryException)
        {
            LogRunnerEnded(logger, work.Contact, e);
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

        public Work? First { get; init; }

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
