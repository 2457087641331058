using Gatehouse.Actors.Tokens;

namespace Gatehouse.Actors.Tests.Tokens;

/// <summary>What nodes do, and what the model says to the answers.</summary>
internal sealed partial class TokenWorld
{
    private void Lease(Move step)
    {
        var command = new TakeLease(new UploadId((UInt128)(ulong)++_ids), $"node-{step.Who}", step.Pick(4, 1) == 0 ? 0 : step.Pick(200, 2), Counted(step));
        if (Ask<TokenReply.Lease>(command, step) is { } lease) _leases.Add((command, lease));
        if (_leases.Count > 6) _leases.RemoveAt(0);
        if (_leases.Count > 0 && step.Pick(6, 3) == 0) Rerun(_leases[step.Pick(_leases.Count, 4)]);
    }

    /// <summary>Now and then Genesys has told of its own count: a limit about the configured one, some of it used, its window's end within a minute.</summary>
    private RateSeen? Counted(Move step)
    {
        if (step.Pick(3, 5) > 0) return null;
        var allowed = 1 + step.Pick(2 * _rules.RequestsPerMinute, 6);
        return new RateSeen(allowed, step.Pick(allowed + 1, 7), TimeSpan.FromSeconds(step.Pick(60, 8)));
    }

    /// <summary>An ask that comes again inside its lease gets the permits that it had, unless its node asked anew since.</summary>
    private void Rerun((TakeLease Command, TokenReply.Lease Reply) had)
    {
        if (!_monotonic || Now >= had.Reply.LeaseUntil || !_state.Grants.Any(grant => grant.Request == had.Command.Request)) return;
        var again = Assert.IsType<TokenReply.Lease>(_actor.Run(_state, had.Command, Now).Reply);
        Assert.Equal((had.Reply.Permits, had.Reply.FirstPermitAt, had.Reply.LeaseUntil), (again.Permits, again.FirstPermitAt, again.LeaseUntil));
        Saw("late re-run");
    }

    private void Report(Move step)
    {
        if (_refreshes.Count == 0) return;
        var fence = step.Pick(4, 1) > 0 ? _refreshes.Keys.Max() : _refreshes.Keys.ElementAt(step.Pick(_refreshes.Count, 2));
        TokenCommand command = step.Pick(3, 3) > 0
            ? new Refreshed(fence, new byte[] { 1, 2, (byte)step.How }, TimeSpan.FromSeconds(5 + step.Pick(600, 4)))
            : new RefreshFailed(fence, TimeSpan.FromSeconds(step.Pick(30, 5)));
        Ask<TokenReply.Done>(command, step);
    }

    private void Invalidate(Move step) => Ask<TokenReply.Done>(new Invalidate(Math.Max(0, _version - step.Pick(3, 1))), step);

    private void ChangeSecret(Move step) => Ask<TokenReply.Done>(new SecretChanged(), step);

    private void Pause(Move step) => Ask<TokenReply.Done>(new BackOff(TimeSpan.FromSeconds(step.Pick(40, 1))), step);

    private void Judge(TokenCommand command, TokenState before, Turn<TokenState, TokenReply> turn)
    {
        _pausedUntil = _pausedUntil <= _now ? 0 : Math.Min(_pausedUntil, _now + _pause);
        switch (command)
        {
            case TakeLease take: Leased(take, Assert.IsType<TokenReply.Lease>(turn.Reply)); break;
            case Refreshed refreshed:
                if (_refreshes.ContainsKey(refreshed.Fence) && refreshed.Fence == _refreshes.Keys.Max() && _reported.Add(refreshed.Fence))
                {
                    _version++;
                    Saw("refreshed");
                }
                else
                {
                    Assert.Equal(Convert.ToHexString(before.Token.Span), Convert.ToHexString(turn.State.Token.Span));
                    Saw("void refresh");
                }
                break;
            case RefreshFailed failed:
                if (failed.Fence == _refreshes.Keys.Max()) _reported.Add(failed.Fence);
                Saw("refresh failed");
                break;
            case Invalidate invalidate:
                if (invalidate.Version == _version) Assert.True(turn.State.Token.IsEmpty, "A refused token stays in use.");
                else Assert.Equal(before.Token.Length, turn.State.Token.Length);
                Saw(invalidate.Version == _version ? "invalidated" : "void invalidation");
                break;
            case SecretChanged:
                Assert.Equal(0, turn.State.RefreshNotBefore);
                Saw("secret changed");
                break;
            case BackOff backOff:
                if (_now + backOff.RetryAfter.Ticks > _pausedUntil) (_pausedUntil, _pause) = (_now + backOff.RetryAfter.Ticks, backOff.RetryAfter.Ticks);
                Saw("paused");
                break;
        }
        if (turn.Reply is TokenReply.Done done) Assert.Equal(_version, done.Version);
    }

    private void Leased(TakeLease command, TokenReply.Lease lease)
    {
        Assert.Equal(_version, lease.Version);
        Assert.InRange(lease.Permits, 0, command.Waiting);
        if (command.Seen is { ResetsIn.Ticks: > 0 } seen)
        {
            Assert.InRange(lease.Permits, 0, seen.Left);
            Saw("Genesys' own count");
        }
        Assert.InRange(lease.AskAgainAt, Now.AddTicks(1), lease.LeaseUntil);
        Assert.Equal(_pausedUntil > _now ? new DateTimeOffset(_pausedUntil, TimeSpan.Zero) : null, lease.PausedUntil);
        if (lease.PausedUntil is not null || (lease.Token.IsEmpty && lease.RefreshFence is null)) Assert.Equal(0, lease.Permits);
        if (!lease.Token.IsEmpty) Assert.True(lease.TokenExpiresAt > Now);
        for (var i = 0; i < lease.Permits; i++)
        {
            var at = Math.Max(_now, (lease.FirstPermitAt + (i * lease.PermitInterval)).UtcTicks);
            Assert.True(at < lease.LeaseUntil.UtcTicks, "A permit that can never be used.");
            _permits.Add((at, lease.LeaseUntil.UtcTicks));
        }
        if (lease.Permits > 0) Saw("permits");
        if (lease.RefreshFence is not { } fence) return;
        foreach (var (other, until) in _refreshes)
        {
            Assert.True(other < fence, "A refresh's fence went back.");
            if (_monotonic) Assert.True(until <= _now || _reported.Contains(other), "Two refreshes at a time.");
        }
        _refreshes[fence] = _now + _rules.RefreshLease.Ticks;
        Saw("refresh claimed");
    }

    /// <summary>The worst that nodes could do: of any 60 s, every permit that can be used inside is used inside.</summary>
    private void CheckBudget()
    {
        var from = _permits.Select(permit => permit.From).Order().ToArray();
        var until = _permits.Select(permit => permit.Until).Order().ToArray();
        foreach (var start in until.Select(end => end - 1).Distinct())
        {
            var used = Before(from, start + TimeSpan.TicksPerMinute) - Before(until, start + 1);
            Assert.True(used <= _rules.RequestsPerMinute, $"{used} of {_rules.RequestsPerMinute} requests in 60 s.");
            if (used == _rules.RequestsPerMinute) Saw("budget used to the last");
        }

        static int Before(long[] times, long limit)
        {
            var index = Array.BinarySearch(times, limit);
            if (index < 0) return ~index;
            while (index > 0 && times[index - 1] == limit) index--;
            return index;
        }
    }

    /// <summary>Whatever happened, a node that asks when it is told to gets a token and a permit inside the longest waits that the rules know.</summary>
    private void Recover()
    {
        var latest = _now + _rules.MaxPause.Ticks + _rules.MaxRefreshWait.Ticks + _rules.RefreshLease.Ticks + (2 * TimeSpan.TicksPerMinute);
        while (true)
        {
            var lease = (TokenReply.Lease)Commit(new TakeLease(new UploadId((UInt128)(ulong)++_ids), "last", 1));
            if (lease.RefreshFence is { } fence) Commit(new Refreshed(fence, new byte[] { 9 }, TimeSpan.FromHours(1)));
            if (lease.Permits > 0) return;
            Assert.True(_now < latest, "No permit, long after everything was over.");
            _now = lease.AskAgainAt.UtcTicks;
        }
    }
}
