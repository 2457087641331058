using Gatehouse.Actors;
using Gatehouse.Actors.Tokens;

namespace Gatehouse.Genesys;

// The gate's own turning: what moves next is decided in Step, under the lock, after everything that changes something.
public sealed partial class TokenGate
{
    /// <summary>No two asks closer than this, whatever the actor's clock says; but for the few that may come sooner.</summary>
    private static readonly TimeSpan AskFloor = TimeSpan.FromMilliseconds(10);

    /// <summary>So many turns may come one upon the other after a quiet time, a refresh's report among them: with 27 leases, 30 in any minute.</summary>
    private const int SoonAsks = 3;

    private Task _ask = Task.CompletedTask;
    private bool _asking;
    private bool _stopped;
    private bool _probe;
    private TakeLease? _request;
    private TimeSpan _requestedAt;
    private Permit? _refusedPermit;
    private long? _toInvalidate;
    private TimeSpan _askNotBefore;
    private bool _mayAskSooner;
    private TimeSpan _asksPaidUntil;
    private TimeSpan _refusedUntil;
    private bool _tellSecretChanged;
    private volatile CountedNow? _seen;

    private void OnTimer()
    {
        lock (_sync) Step();
    }

    /// <summary>Serves who can be served; for the others asks the actor now, or sets the timer for when that, or the next permit, is due.</summary>
    private void Step()
    {
        if (_stopped) return;
        var now = Now;
        while (_waiters.First is { } waiter && TakeNow(now) is { } permit)
        {
            Remove(waiter);
            waiter.Value.TrySetResult(permit);
        }
        if (_asking || (_waiting == 0 && !_probe)) return;
        var at = NextMoveAt(now);
        if (at > now)
        {
            if (at < TimeSpan.MaxValue) _timer.Change(at - now, Timeout.InfiniteTimeSpan);
            return;
        }
        _asking = true;
        _ask = Task.Run(AskAsync);
    }

    private TimeSpan NextMoveAt(TimeSpan now)
    {
        if (IsPaused(now)) return TimeSpan.FromTicks(_pausedUntil);
        if (_lease is { } lease && now < lease.EndsAt) return lease.NextPermitAt ?? Later(_mayAskSooner ? Earlier(_askNotBefore, _asksPaidUntil - ((SoonAsks - 1) * Rules.Lease)) : _askNotBefore, now);
        // While this node refreshes and no token lives, the refresh's end steps. Beside one that lives, calls go on with the next lease.
        return _refreshing && _lease is null ? TimeSpan.MaxValue : Later(_askNotBefore, _refusedUntil);
    }

    private async Task AskAsync()
    {
        try
        {
            if (_tellSecretChanged)
            {
                await _actors.AskAsync(_key, new SecretChanged(), cancellationToken: _stopping.Token);
                _tellSecretChanged = false;
            }
            if (_toInvalidate is { } version)
            {
                await _actors.AskAsync(_key, new Invalidate(version), cancellationToken: _stopping.Token);
                lock (_sync)
                {
                    if (_toInvalidate == version) _toInvalidate = null;
                }
            }
            TakeLease ask;
            lock (_sync)
            {
                // A re-run after a failure keeps its id: what the lost answer granted is granted again, not twice. Its lease began with the first try.
                if (_request is null) _requestedAt = Now;
                ask = _request ??= new TakeLease(UploadId.New(), _node, Wanted(Now), LastSeen(Now));
                Pay();
            }
            var reply = await _actors.AskAsync(_key, ask, cancellationToken: _stopping.Token);
            Received((TokenReply.Lease)reply);
        }
        catch (OperationCanceledException) when (_stopping.IsCancellationRequested)
        {
            // Shutdown: nobody waits any more.
        }
        catch (Exception e)
        {
            lock (_sync)
            {
                var delay = _askDelays.Next();
                Log.ActorUnavailable(_logger, e, delay.TotalSeconds);
                _asking = false;
                _mayAskSooner = false;
                _askNotBefore = Now + delay;
                Step();
            }
        }
    }

    /// <summary>
    /// Those that wait, and twice what the last lease was used for: who comes before the next one would else wait for its end. Four times where it was used up before its end with more to be had.
    /// </summary>
    private int Wanted(TimeSpan now)
    {
        var wanted = Math.Max(1, _waiting);
        return _lease is { Unlimited: false } last && now < last.TellsUntil ? Math.Max(wanted, (_mayAskSooner && now < last.EndsAt ? 4 : 2) * last.Taken) : wanted;
    }

    /// <summary>A turn that is made costs the time of a lease, so that a busy node stays at one ask a lease; turns beside those that a lease's end makes are paid for by quiet times.</summary>
    private void Pay() => _asksPaidUntil = Later(_asksPaidUntil, Now) + Rules.Lease;

    /// <summary>What Genesys last told of its own count, as far as its window still lasts; told once.</summary>
    private RateSeen? LastSeen(TimeSpan now)
    {
        if (Interlocked.Exchange(ref _seen, null) is not { } counted || _lease is { Unlimited: true }) return null;
        var left = counted.Seen.ResetsIn - (now - counted.At);
        return left > TimeSpan.Zero ? counted.Seen with { ResetsIn = left } : null;
    }

    private void Received(TokenReply.Lease lease)
    {
        lock (_sync)
        {
            var now = Now;
            _asking = false;
            var wanted = _request!.Waiting;
            _request = null;
            var permit = Open(lease);
            // The actor may think that the minute is not over yet; then the probe goes on.
            _probe &= permit is null && lease.RefreshFence is null;
            _lease = permit is null ? null : new NodeLease(lease, permit, _requestedAt, now);
            if (lease.PausedUntil is { } until)
            {
                Pause(now + (until - lease.Now));
                Stalled();
            }
            if (lease.RefreshFence is { } fence && !_refreshing) BeginRefresh(fence, permit is null ? new LeaseAhead(lease, _requestedAt, now) : null);
            SetNextAsk(lease, wanted, now);
            if (permit is not null) TokenLives(permit);
            else if (!_refreshing && _credentialsRefusedUntil > now) RefuseWaiters();
            Step();
        }
    }

    private void SetNextAsk(TokenReply.Lease lease, int wanted, TimeSpan now)
    {
        // All that was wanted was given: the actor has more, should more be wanted.
        _mayAskSooner = lease.Permits >= wanted && lease.AskAgainAt >= lease.LeaseUntil;
        // An answer that came too late to be of use, or a token that is void here, counts as a failed ask.
        var useless = _lease is { } held ? held.EndsAt <= now : lease.Token.Length > 0;
        if (useless)
        {
            _mayAskSooner = false;
            _askNotBefore = now + _askDelays.Next();
            return;
        }
        _askDelays.Reset();
        _askNotBefore = now + Later(AskFloor, Earlier(lease.AskAgainAt, lease.LeaseUntil, lease.Now));
    }

    /// <summary>The permit that a lease's token makes; null where there is none that this node can use.</summary>
    private Permit? Open(TokenReply.Lease lease)
    {
        if (lease.Token.IsEmpty) return null;
        if (_lease?.Permit is { } held && held.TokenVersion == lease.Version) return held;
        if ((_vault.Open(lease.Token.Span) ?? _formerVault?.Open(lease.Token.Span)) is not { } token)
        {
            CannotOpen(lease.Version);
            return null;
        }
        var permit = PermitOf(token, lease.Version);
        // The ask was under way when this token was refused.
        return permit == _refusedPermit ? null : permit;
    }

    /// <summary>The first 401 with a token voids it here and, before the next lease, in the actor; the others with the same token add nothing.</summary>
    private void Refuse(Permit refused)
    {
        if (refused == _refusedPermit || (_lease is { } held && held.Permit != refused)) return;
        Log.TokenRefused(_logger, refused.TokenVersion);
        _refusedPermit = refused;
        _toInvalidate = refused.TokenVersion;
        _lease = null;
        _askNotBefore = TimeSpan.Zero;
    }

    private Permit PermitOf(string token, long version) => new(token, version) { Giver = this };

    private static TimeSpan Earlier(DateTimeOffset a, DateTimeOffset b, DateTimeOffset now) => (a < b ? a : b) - now;

    /// <summary>What an answer said, and when it came.</summary>
    private sealed record CountedNow(RateSeen Seen, TimeSpan At);
}
