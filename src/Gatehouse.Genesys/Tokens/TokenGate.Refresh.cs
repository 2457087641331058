using Gatehouse.Actors.Tokens;

namespace Gatehouse.Genesys;

// The OAuth call, where the actor says that this node makes it.
public sealed partial class TokenGate
{
    private Task _refresh = Task.CompletedTask;
    private bool _refreshing;
    private TimeSpan _credentialsRefusedUntil;
    private Permit? _lastPermit;

    /// <param name="ahead">What was leased with the refresh: it counts from the ask on, and is used as soon as the token is there.</param>
    private void BeginRefresh(long fence, LeaseAhead? ahead)
    {
        _refreshing = true;
        Pay();
        _refresh = Task.Run(() => RefreshAsync(fence, ahead));
    }

    private async Task RefreshAsync(long fence, LeaseAhead? ahead)
    {
        TokenAnswer answer;
        TimeSpan askedAt;
        TokenReply.Done? told;
        try
        {
            askedAt = Now;
            var secret = _login.Credentials.Secret;
            answer = await AnswerAsync();
            if (answer is TokenAnswer.Refused refused && !string.Equals(secret, _login.Credentials.Secret, StringComparison.Ordinal)) answer = new TokenAnswer.Unavailable(RetryAfter: null, refused.Why);
            _telemetry.TokenRefreshed(answer is TokenAnswer.Issued);
            told = await ReportAsync(Account(fence, answer), askedAt + Rules.RefreshLease);
        }
        catch (OperationCanceledException) when (_stopping.IsCancellationRequested)
        {
            return;
        }
        lock (_sync)
        {
            _refreshing = false;
            _askNotBefore = TimeSpan.Zero;
            if (answer is TokenAnswer.Issued issued && told is not null)
            {
                AnnounceCredentials();
                if (ahead is not null && _lease is null && told.Version == ahead.Lease.Version + 1) Use(ahead, issued, told.Version, askedAt);
            }
            // A lease, even one that ended, means that a token lived beside the refresh: the next lease tells whether it still does.
            if (_lease is null && _credentialsRefusedUntil > Now) RefuseWaiters();
            Step();
        }
    }

    /// <summary>The refresh was this node's own, so its token needs no further ask.</summary>
    private void Use(LeaseAhead ahead, TokenAnswer.Issued issued, long version, TimeSpan tokenAskedAt)
    {
        var lease = ahead.Lease with { TokenExpiresAt = ahead.Lease.Now + (tokenAskedAt - ahead.AskedAt) + issued.ExpiresIn };
        var permit = PermitOf(issued.AccessToken, version);
        _lease = new NodeLease(lease, permit, ahead.AskedAt, ahead.AnsweredAt);
        _askNotBefore = ahead.AnsweredAt + Later(AskFloor, Earlier(lease.AskAgainAt, lease.LeaseUntil, lease.Now));
        TokenLives(permit);
    }

    /// <summary>A refresh that nothing ends would be the last one.</summary>
    private async ValueTask<TokenAnswer> AnswerAsync()
    {
        try
        {
            return await _login.RequestTokenAsync(_stopping.Token);
        }
        catch (Exception e) when (e is not OutOfMemoryException && !_stopping.IsCancellationRequested)
        {
            Log.RefreshFault(_logger, e);
            return new TokenAnswer.Unavailable(RetryAfter: null, "The token request met an unexpected fault on this node.");
        }
    }

    /// <summary>What the answer means for this node, and the command that tells the actor.</summary>
    private TokenCommand Account(long fence, TokenAnswer answer)
    {
        lock (_sync)
        {
            switch (answer)
            {
                case TokenAnswer.Issued issued:
                    Log.Issued(_logger, issued.ExpiresIn.TotalSeconds);
                    _loginDelays.Reset();
                    CredentialsWork();
                    return new Refreshed(fence, _vault.Seal(issued.AccessToken), issued.ExpiresIn);
                case TokenAnswer.Refused refused:
                    Log.CredentialsRefused(_logger, refused.Why, CredentialsRetry.TotalSeconds);
                    _trouble = refused.Why;
                    _wereRefused = true;
                    _credentialsRefusedUntil = Now + CredentialsRetry;
                    return new RefreshFailed(fence, CredentialsRetry);
                case TokenAnswer.Unavailable unavailable:
                    var delay = unavailable.RetryAfter is { } asked && asked > TimeSpan.Zero ? asked : _loginDelays.Next();
                    Log.LoginUnavailable(_logger, unavailable.Why, delay.TotalSeconds);
                    _trouble = unavailable.Why;
                    return new RefreshFailed(fence, delay);
                default:
                    throw new InvalidOperationException(answer.ToString());
            }
        }
    }

    /// <summary>Until the actor has it, or may have given the refresh to another node: then null.</summary>
    private async Task<TokenReply.Done?> ReportAsync(TokenCommand report, TimeSpan until)
    {
        while (true)
        {
            try
            {
                return await _actors.AskAsync(_key, report, cancellationToken: _stopping.Token) as TokenReply.Done;
            }
            catch (Exception e) when (!_stopping.IsCancellationRequested)
            {
                TimeSpan delay;
                lock (_sync) delay = _askDelays.Next();
                Log.ActorUnavailable(_logger, e, delay.TotalSeconds);
                if (Now + delay >= until) return null;
                await Task.Delay(delay, _time, _stopping.Token);
            }
        }
    }

    /// <summary>No token lives and Genesys refuses the credentials: who waits is told, and who asks within the minute is told at once.</summary>
    private void RefuseWaiters()
    {
        _refusedUntil = _credentialsRefusedUntil;
        while (_waiters.First is { } waiter)
        {
            Remove(waiter);
            waiter.Value.TrySetException(new CredentialsRefusedException(_trouble!));
        }
        Stalled();
    }

    /// <summary>A usable token is here. Trouble stays only where it came while the same token lived.</summary>
    private void TokenLives(Permit permit)
    {
        _refusedUntil = TimeSpan.Zero;
        if (permit != _lastPermit) CredentialsWork();
        _lastPermit = permit;
        AnnounceCredentials();
    }

    private void CredentialsWork()
    {
        _credentialsRefusedUntil = TimeSpan.Zero;
        _trouble = null;
    }

    /// <summary>A lease whose token this node is to get.</summary>
    private sealed record LeaseAhead(TokenReply.Lease Lease, TimeSpan AskedAt, TimeSpan AnsweredAt);
}
