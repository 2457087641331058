using Gatehouse.Actors.Tokens;

namespace Gatehouse.Genesys.Tests;

/// <summary>A gate that always has a permit and remembers what it was told.</summary>
internal sealed class FixedGate : ITokenGate
{
    private int _version = 1;

    public List<TimeSpan> Pauses { get; } = [];

    public List<RateSeen> Counted { get; } = [];

    public Action CredentialsWorkAgain { get; set; } = () => { };

    public int Replaced { get; private set; }

    public bool RefusesCredentials { get; set; }

    public DateTimeOffset? PausedUntil => null;

    public int PermitsAtHand => int.MaxValue;

    public string? Trouble => null;

    public Permit? TryTake() => new($"token-{_version}", _version);

    public void Return(Permit permit, long takenAt)
    {
        // There are always more.
    }

    public ValueTask<Permit> TakeAsync(CancellationToken cancellationToken) => ValueTask.FromResult(TryTake()!);

    public ValueTask<Permit> ReplaceAsync(Permit refused, CancellationToken cancellationToken)
    {
        if (RefusesCredentials) throw new CredentialsRefusedException("The secret is wrong.");
        Replaced++;
        _version++;
        return TakeAsync(cancellationToken);
    }

    public ValueTask<TimeSpan> BackOffAsync(Permit limited, TimeSpan retryAfter, CancellationToken cancellationToken)
    {
        Pauses.Add(retryAfter);
        return ValueTask.FromResult(retryAfter);
    }

    public TimeSpan? Holds { get; set; }

    public TimeSpan? HeldBack(Permit permit) => Holds;

    public void Saw(Permit permit, RateSeen seen) => Counted.Add(seen);
}
