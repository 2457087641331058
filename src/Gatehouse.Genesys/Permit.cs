using Gatehouse.Actors.Tokens;

namespace Gatehouse.Genesys;

/// <summary>Leave to make one API request, with the token to make it with. Void after its lease.</summary>
public sealed record Permit(string AccessToken, long TokenVersion)
{
    /// <summary>For an attempt that makes no request to the Platform API.</summary>
    public static readonly Permit None = new("", 0);

    /// <summary>The client whose budget it is of, where there are several.</summary>
    internal TokenGate? Giver { get; init; }

    // Whose it is adds nothing to which token it is.
    public bool Equals(Permit? other) => other is not null && TokenVersion == other.TokenVersion && string.Equals(AccessToken, other.AccessToken, StringComparison.Ordinal);

    public override int GetHashCode() => HashCode.Combine(AccessToken, TokenVersion);

    // A record prints its members; a token is never printed.
    public override string ToString() => $"{nameof(Permit)} {{ {nameof(TokenVersion)} = {TokenVersion} }}";
}

/// <summary>This node's share of a token actor: hands out permits, in order of asking, at the pace and with the token that the actor leases.</summary>
public interface ITokenGate
{
    /// <summary>A permit if one is at hand now (token lives, nothing paused, nobody waits); else null.</summary>
    Permit? TryTake();

    /// <summary>A permit was not used. <paramref name="takenAt"/>: a timestamp from before it was taken; one whose lease has gone since is void.</summary>
    void Return(Permit permit, long takenAt);

    /// <summary>Waits for a permit. Throws <see cref="CredentialsRefusedException"/> while the credentials are refused.</summary>
    ValueTask<Permit> TakeAsync(CancellationToken cancellationToken);

    /// <summary>Genesys refused this token; returns a permit with a newer one.</summary>
    ValueTask<Permit> ReplaceAsync(Permit refused, CancellationToken cancellationToken);

    /// <summary>Genesys answered 429 to a call with this permit: every node pauses its client, this one at once. Returns how long it is until a call may go on, by another client perhaps.</summary>
    ValueTask<TimeSpan> BackOffAsync(Permit limited, TimeSpan retryAfter, CancellationToken cancellationToken);

    /// <summary>A pause began after this permit was taken: how long until a call may go on. Null: the call may be made.</summary>
    TimeSpan? HeldBack(Permit permit) => null;

    /// <summary>Genesys told of its own count of this client's requests; the budget is corrected by it with the next ask.</summary>
    void Saw(Permit permit, RateSeen seen)
    {
    }

    /// <summary>Until when nothing may be sent; null: now.</summary>
    DateTimeOffset? PausedUntil { get; }

    /// <summary>Permits that could be used now; int.MaxValue when unlimited.</summary>
    int PermitsAtHand { get; }

    /// <summary>Called when credentials that were refused work again.</summary>
    Action CredentialsWorkAgain { get; set; }

    /// <summary>The credentials' state, for readiness: null when fine, else one sentence.</summary>
    string? Trouble { get; }
}

/// <summary>Genesys' login service refuses the client id or secret. The gate tries again by itself, once a minute.</summary>
public sealed class CredentialsRefusedException(string message) : Exception(message);
