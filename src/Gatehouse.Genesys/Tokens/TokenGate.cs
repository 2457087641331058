using Gatehouse.Actors;
using Gatehouse.Actors.Tokens;
using Microsoft.Extensions.Logging;

namespace Gatehouse.Genesys;

/// <summary>
/// A node's share of one OAuth client's token actor. It asks the actor for a lease only while a call waits and the last lease has nothing for it, so an idle node costs no
/// turn and a busy one about one a lease. Refreshes the token where the actor says that this node is the one to do it.
/// </summary>
public sealed partial class TokenGate : ITokenGate, IAsyncDisposable
{
    /// <summary>How long refused credentials are left alone.</summary>
    public static readonly TimeSpan CredentialsRetry = TimeSpan.FromMinutes(1);

    internal static readonly TokenRules Rules = new();
    private readonly IActors<TokenCommand, TokenReply> _actors;
    private readonly OAuthClient _login;
    private readonly TimeProvider _time;
    private readonly IGenesysTelemetry _telemetry;
    private readonly ILogger<TokenGate> _logger;
    private readonly string _key;
    private readonly string _node;
    private readonly long _origin;
    private readonly RetryDelays _askDelays;
    private readonly RetryDelays _loginDelays;
    private readonly CancellationTokenSource _stopping = new();
    private readonly ITimer _timer;
    private readonly Lock _sync = new();
    private readonly LinkedList<Waiter> _waiters = new();
    private volatile NodeLease? _lease;
    private volatile int _waiting;
    private long _pausedUntil;
    private volatile string? _trouble;

    public TokenGate(
        IActors<TokenCommand, TokenReply> actors, OAuthClient login, string node, TimeProvider time, Random random, IGenesysTelemetry telemetry, ILogger<TokenGate> logger)
    {
        (_actors, _login, _time, _telemetry, _logger, _node) = (actors, login, time, telemetry, logger, node);
        _key = login.Credentials.ClientId;
        _vault = VaultNow();
        login.Credentials.Changed = OnSecretChanged;
        _origin = time.GetTimestamp();
        _askDelays = new RetryDelays(TimeSpan.FromMilliseconds(100), TimeSpan.FromSeconds(5), random);
        _loginDelays = new RetryDelays(TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(30), random);
        _timer = time.CreateTimer(static gate => ((TokenGate)gate!).OnTimer(), this, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }

    public DateTimeOffset? PausedUntil => TimeSpan.FromTicks(Volatile.Read(ref _pausedUntil)) - Now is var left && left > TimeSpan.Zero ? _time.GetUtcNow() + left : null;

    public int PermitsAtHand
    {
        get
        {
            lock (_sync) return _waiting > 0 || IsPaused(Now) ? 0 : _lease?.AtHand(Now) ?? 0;
        }
    }

    public string? Trouble => _trouble;

    private TimeSpan Now => _time.GetElapsedTime(_origin);

    public Permit? TryTake()
    {
        var now = Now;
        if (_lease is { Unlimited: true } lease) return _waiting > 0 || IsPaused(now) ? null : lease.Take(now);
        lock (_sync) return _waiting > 0 ? null : TakeNow(now);
    }

    public void Return(Permit permit, long takenAt)
    {
        if (_lease is { Unlimited: true }) return;
        lock (_sync)
        {
            if (_lease is not { } lease || lease.Permit != permit || _time.GetElapsedTime(_origin, takenAt) < lease.AnsweredAt) return;
            lease.Return();
            Step();
        }
    }

    public ValueTask<Permit> TakeAsync(CancellationToken cancellationToken) =>
        TryTake() is { } permit ? ValueTask.FromResult(permit) : WaitAsync(refused: null, cancellationToken);

    public ValueTask<Permit> ReplaceAsync(Permit refused, CancellationToken cancellationToken) => WaitAsync(refused, cancellationToken);

    public async ValueTask<TimeSpan> BackOffAsync(Permit limited, TimeSpan retryAfter, CancellationToken cancellationToken)
    {
        var pause = TimeSpan.FromTicks(Math.Clamp(retryAfter.Ticks, 0, Rules.MaxPause.Ticks));
        Log.Paused(_logger, pause.TotalSeconds);
        _telemetry.Paused(pause);
        lock (_sync)
        {
            Pause(Now + pause);
            Step();
        }
        Stalled();
        try
        {
            await _actors.AskAsync(_key, new BackOff(pause), cancellationToken: cancellationToken);
        }
        catch (Exception e) when (e is not OperationCanceledException || !cancellationToken.IsCancellationRequested)
        {
            // The pause holds here all the same; another node learns of it from its own 429.
            Log.PauseNotTold(_logger, e, pause.TotalSeconds);
        }
        return pause;
    }

    public TimeSpan? HeldBack(Permit permit) => TimeSpan.FromTicks(Volatile.Read(ref _pausedUntil)) - Now is var left && left > TimeSpan.Zero ? left : null;

    public void Saw(Permit permit, RateSeen seen) => _seen = new CountedNow(seen, Now);

    public async ValueTask DisposeAsync()
    {
        Task work;
        lock (_sync)
        {
            if (_stopped) return;
            _stopped = true;
            while (_waiters.First is { } waiter)
            {
                Remove(waiter);
                waiter.Value.TrySetException(new OperationCanceledException("The node is shutting down."));
            }
            work = Task.WhenAll(_ask, _refresh);
        }
        await _stopping.CancelAsync();
        await _timer.DisposeAsync();
        await work.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        _stopping.Dispose();
    }

    private async ValueTask<Permit> WaitAsync(Permit? refused, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        LinkedListNode<Waiter> waiter;
        lock (_sync)
        {
            ObjectDisposedException.ThrowIf(_stopped, this);
            if (refused is not null) Refuse(refused);
            if (_refusedUntil > Now)
            {
                _probe = true;
                Step();
                throw new CredentialsRefusedException(_trouble!);
            }
            waiter = _waiters.AddLast(new Waiter());
            _waiting++;
            Step();
        }
        await using var registration = cancellationToken.UnsafeRegister(_ => GiveUp(waiter, cancellationToken), state: null);
        return await waiter.Value.Task;
    }

    private void GiveUp(LinkedListNode<Waiter> waiter, CancellationToken cancellationToken)
    {
        lock (_sync)
        {
            if (waiter.List is null) return;
            Remove(waiter);
        }
        waiter.Value.TrySetCanceled(cancellationToken);
    }

    private void Remove(LinkedListNode<Waiter> waiter)
    {
        _waiters.Remove(waiter);
        _waiting--;
    }

    private Permit? TakeNow(TimeSpan now) => IsPaused(now) ? null : _lease?.Take(now);

    private bool IsPaused(TimeSpan now) => now.Ticks < Volatile.Read(ref _pausedUntil);

    private void Pause(TimeSpan until) => Volatile.Write(ref _pausedUntil, Math.Max(_pausedUntil, until.Ticks));

    private static TimeSpan Earlier(TimeSpan a, TimeSpan b) => a < b ? a : b;

    private static TimeSpan Later(TimeSpan a, TimeSpan b) => a > b ? a : b;
}
