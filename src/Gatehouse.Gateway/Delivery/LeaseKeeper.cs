using System.Collections.Concurrent;
using Gatehouse.Actors;
using Gatehouse.Actors.Contacts;

namespace Gatehouse.Gateway.Delivery;

/// <summary>
/// Keeps the claims of this node's running attempts alive: a turn renews each at half its lease. An attempt whose claim cannot be renewed is cut off before the lease
/// ends, by this node's monotonic clock, so that no other node's attempt overlaps it. One that lasts too long is cut off too, and its claim is kept until its outcome is recorded; what the API asks everyone to wait is no part of that time. One timer for all: an attempt shorter than half a lease costs nothing.
/// </summary>
/// <param name="attemptTimeout">Longest attempt, all of its requests together.</param>
/// <param name="isPaused">Whether the API is to be asked nothing now.</param>
public sealed class LeaseKeeper(IActors<ContactCommand, ContactReply> contacts, ContactRules rules, TimeSpan attemptTimeout, Func<bool> isPaused, TimeProvider time)
{
    /// <summary>Before the lease ends the connection must be down: this much earlier.</summary>
    private static readonly TimeSpan CutBefore = TimeSpan.FromSeconds(1);

    private static readonly TimeSpan Tick = TimeSpan.FromMilliseconds(500);

    private readonly ConcurrentDictionary<HeldClaim, byte> _held = new();

    /// <param name="claimedAt">This node's timestamp from before it asked for the claim: the lease cannot have begun earlier.</param>
    /// <param name="callsApi">Its requests wait while the API is paused.</param>
    public HeldClaim Hold(string contact, UploadId id, long fence, long claimedAt, bool callsApi, CancellationToken stopping)
    {
        var held = new HeldClaim(this, contact, id, fence, claimedAt, callsApi, stopping);
        _held[held] = 0;
        return held;
    }

    /// <summary>Runs until cancelled; looks twice a second, so a cut comes up to half a second earlier than it must.</summary>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        using var timer = new PeriodicTimer(Tick, time);
        for (var last = time.GetTimestamp(); await timer.WaitForNextTickAsync(cancellationToken);)
        {
            var now = time.GetTimestamp();
            var paused = isPaused() ? time.GetElapsedTime(last, now) : TimeSpan.Zero;
            last = now;
            foreach (var held in _held.Keys)
            {
                if (held.CallsApi) held.Paused += paused;
                if (time.GetElapsedTime(held.BeganAt) - held.Paused >= attemptTimeout) await held.TimeOutAsync();
                var age = time.GetElapsedTime(held.RenewedAt);
                if (age >= rules.Lease - CutBefore - Tick) await held.LoseAsync();
                else if (age >= rules.Lease / 2 && held.TryBeginRenewal()) _ = RenewAsync(held);
            }
        }
    }

    private async Task RenewAsync(HeldClaim held)
    {
        var asked = time.GetTimestamp();
        try
        {
            if (await contacts.AskAsync(held.Contact, new Renew(held.Id, held.Fence)) is ContactReply.Renewed) held.RenewedAt = asked;
            else await held.LoseAsync();
        }
        catch (Exception e) when (e is not OutOfMemoryException)
        {
            // The store did not answer: the next tick tries again, until the cut.
        }
        finally
        {
            held.EndRenewal();
        }
    }

    internal void Release(HeldClaim held) => _held.TryRemove(held, out _);
}

/// <summary>A claim while its attempt runs.</summary>
public sealed class HeldClaim : IDisposable
{
    private readonly LeaseKeeper _keeper;
    private readonly CancellationTokenSource _lost;
    private readonly CancellationTokenSource _cut;
    private volatile bool _timedOut;
    private long _renewedAt;
    private int _renewing;

    internal HeldClaim(LeaseKeeper keeper, string contact, UploadId id, long fence, long renewedAt, bool callsApi, CancellationToken stopping)
    {
        (_keeper, Contact, Id, Fence, _renewedAt, CallsApi) = (keeper, contact, id, fence, renewedAt, callsApi);
        BeganAt = renewedAt;
        _lost = CancellationTokenSource.CreateLinkedTokenSource(stopping);
        _cut = CancellationTokenSource.CreateLinkedTokenSource(_lost.Token);
    }

    public string Contact { get; }

    public UploadId Id { get; }

    public long Fence { get; }

    /// <summary>Cuts the attempt off: cancelled when it has taken longer than it may, and with <see cref="Lost"/>.</summary>
    public CancellationToken Cut => _cut.Token;

    /// <summary>Ends the recording of an outcome too: cancelled when the claim is lost, or the node stops for good.</summary>
    public CancellationToken Lost => _lost.Token;

    /// <summary>The attempt was cut off because it took longer than it may, while its claim held.</summary>
    public bool TimedOut => _timedOut;

    internal long BeganAt { get; }

    internal bool CallsApi { get; }

    /// <summary>How long nothing could be asked of the API, as far as its keeper saw.</summary>
    internal TimeSpan Paused { get; set; }

    internal long RenewedAt
    {
        get => Interlocked.Read(ref _renewedAt);
        set => Interlocked.Exchange(ref _renewedAt, value);
    }

    internal bool TryBeginRenewal() => Interlocked.Exchange(ref _renewing, 1) == 0;

    internal void EndRenewal() => Volatile.Write(ref _renewing, 0);

    internal Task TimeOutAsync()
    {
        _timedOut = !_cut.IsCancellationRequested || _timedOut;
        return CancelAsync(_cut);
    }

    internal Task LoseAsync() => CancelAsync(_lost);

    private static async Task CancelAsync(CancellationTokenSource source)
    {
        try
        {
            await source.CancelAsync();
        }
        catch (Exception e) when (e is ObjectDisposedException or AggregateException)
        {
            // The attempt ended meanwhile, or threw while it was cut: either way the connection is down, and the other claims need their keeper.
        }
    }

    public void Dispose()
    {
        _keeper.Release(this);
        _cut.Dispose();
        _lost.Dispose();
    }
}
