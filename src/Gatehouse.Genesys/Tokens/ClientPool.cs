using System.Diagnostics.CodeAnalysis;
using Gatehouse.Actors.Tokens;

namespace Gatehouse.Genesys;

/// <summary>
/// Several OAuth clients, each with its own gate, token and budget: a call goes by the client that has most at hand; where none has anything, it waits at one that is not paused and not refused, and moves on when that
/// one is. So one client's 429, 401 or refused secret holds nobody up while another can go on.
/// </summary>
public sealed class ClientPool : ITokenGate, IAsyncDisposable
{
    private readonly Member[] _members;
    private int _turn;

    public ClientPool(IReadOnlyList<TokenGate> gates) => _members = [.. gates.Select(gate => new Member(gate))];

    public DateTimeOffset? PausedUntil
    {
        get
        {
            DateTimeOffset? first = null;
            foreach (var member in _members)
            {
                if (member.Gate.IsRefused) continue;
                if (member.Gate.PausedUntil is not { } until) return null;
                if (first is null || until < first) first = until;
            }
            return first;
        }
    }

    public int PermitsAtHand => (int)Math.Min(int.MaxValue, _members.Sum(member => (long)member.Gate.PermitsAtHand));

    public string? Trouble => _members.Select(member => member.Gate.Trouble).FirstOrDefault(trouble => trouble is not null);

    public Action CredentialsWorkAgain
    {
        get => _members[0].Gate.CredentialsWorkAgain;
        set
        {
            foreach (var member in _members) member.Gate.CredentialsWorkAgain = value;
        }
    }

    public Permit? TryTake() => TryTake(but: null);

    public void Return(Permit permit, long takenAt) => permit.Giver?.Return(permit, takenAt);

    public ValueTask<Permit> TakeAsync(CancellationToken cancellationToken) => TakeAsync(but: null, cancellationToken);

    /// <summary>By a new token of the same client: another client's may be as old as the one that was refused, and a second 401 is taken for a refusal of everyone. By another client where this one is paused or refused.</summary>
    public async ValueTask<Permit> ReplaceAsync(Permit refused, CancellationToken cancellationToken)
    {
        if (refused.Giver is not { } giver) return await TakeAsync(cancellationToken);
        var own = Array.Find(_members, member => member.Gate == giver)!;
        var stalled = own.Stalled;
        giver.Drop(refused);
        if (!own.CanServe && Array.Exists(_members, member => member.CanServe)) return await TakeAsync(giver, cancellationToken);
        return await WaitAsync(own, stalled, cancellationToken) ?? await TakeAsync(giver, cancellationToken);
    }

    public async ValueTask<TimeSpan> BackOffAsync(Permit limited, TimeSpan retryAfter, CancellationToken cancellationToken)
    {
        var pause = limited.Giver is { } giver ? await giver.BackOffAsync(limited, retryAfter, cancellationToken) : retryAfter;
        return Array.Exists(_members, member => member.CanServe) ? TimeSpan.Zero : pause;
    }

    public TimeSpan? HeldBack(Permit permit) => permit.Giver?.HeldBack(permit) is not { } pause ? null : Array.Exists(_members, member => member.CanServe) ? TimeSpan.Zero : pause;

    public void Saw(Permit permit, RateSeen seen) => permit.Giver?.Saw(permit, seen);

    public async ValueTask DisposeAsync()
    {
        foreach (var member in _members) await member.Gate.DisposeAsync();
    }

    private Permit? TryTake(TokenGate? but)
    {
        var (best, most) = ((TokenGate?)null, 0);
        foreach (var member in InTurn())
        {
            if (member.Gate == but || member.Gate.PermitsAtHand is not (> 0 and var atHand) || atHand <= most) continue;
            (best, most) = (member.Gate, atHand);
        }
        return best?.TryTake();
    }

    private async ValueTask<Permit> TakeAsync(TokenGate? but, CancellationToken cancellationToken)
    {
        while (true)
        {
            if (TryTake(but) is { } permit) return permit;
            var member = Choose(but);
            // Read before it is looked at once more: a stall between the two is seen by either.
            var stalled = member.Stalled;
            if (!member.CanServe && Array.Exists(_members, other => other.Gate != but && other.CanServe)) continue;
            if (await WaitAsync(member, stalled, cancellationToken) is { } given) return given;
            // On to another client, the one whose token was dropped included, or back here when its pause is over.
            but = null;
        }
    }

    /// <summary>Null: it is paused, or its secret is refused and another client's is not.</summary>
    private async ValueTask<Permit?> WaitAsync(Member member, CancellationToken stalled, CancellationToken cancellationToken)
    {
        using var waits = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, stalled);
        try
        {
            return await member.Gate.TakeAsync(waits.Token);
        }
        catch (OperationCanceledException) when (stalled.IsCancellationRequested && !cancellationToken.IsCancellationRequested)
        {
            return null;
        }
        catch (CredentialsRefusedException) when (Array.Exists(_members, other => other.Gate != member.Gate && !other.Gate.IsRefused))
        {
            return null;
        }
    }

    /// <summary>Where a call had best wait: the shortest queue of those that can serve; else the pause that ends first; else anybody, to be told why.</summary>
    private Member Choose(TokenGate? but) =>
        InTurn().Where(member => member.Gate != but).OrderBy(member => member.Gate.IsRefused).ThenBy(member => member.Gate.PausedUntil ?? DateTimeOffset.MinValue).ThenBy(member => member.Gate.Waiting).First();

    /// <summary>All of them, each time another one first.</summary>
    private IEnumerable<Member> InTurn()
    {
        var first = (uint)Interlocked.Increment(ref _turn);
        for (var i = 0u; i < _members.Length; i++) yield return _members[(first + i) % _members.Length];
    }

    /// <summary>A client's gate, and the signal by which those that wait there move on.</summary>
    [SuppressMessage("Reliability", "CA1001", Justification = "The source has no timer and needs no disposal; a move that was queued may come after the pool's end, and who has its token may still be about to wait for it.")]
    private sealed class Member
    {
        private volatile CancellationTokenSource _stalled = new();

        public Member(TokenGate gate)
        {
            Gate = gate;
            gate.Stalled = () => ThreadPool.UnsafeQueueUserWorkItem(static member => member.MoveOn(), this, preferLocal: false);
        }

        public TokenGate Gate { get; }

        public CancellationToken Stalled => _stalled.Token;

        public bool CanServe => Gate.PausedUntil is null && !Gate.IsRefused;

        private void MoveOn() => Interlocked.Exchange(ref _stalled, new CancellationTokenSource()).Cancel();
    }
}
