namespace Gatehouse.Actors.Tokens;

/// <summary>What a token actor (one per OAuth client) can be asked.</summary>
public abstract record TokenCommand;

/// <summary>
/// A node renews its lease: token, permits, pause. <paramref name="Waiting"/>: calls that want a permit now. <paramref name="Request"/>: this ask's id, so that a re-run gets the same permits.
/// <paramref name="Seen"/>: what Genesys last told the node of the client's own limit.
/// </summary>
public sealed record TakeLease(UploadId Request, string Node, int Waiting, RateSeen? Seen = null) : TokenCommand;

/// <summary>Genesys' count of a client's requests, from the headers of an answer: <paramref name="Left"/> of <paramref name="Allowed"/> until its window ends in <paramref name="ResetsIn"/>.</summary>
public sealed record RateSeen(int Allowed, int Left, TimeSpan ResetsIn);

/// <summary>The node that holds refresh <paramref name="Fence"/> got a token. <paramref name="Token"/>: encrypted.</summary>
public sealed record Refreshed(long Fence, ReadOnlyMemory<byte> Token, TimeSpan ExpiresIn) : TokenCommand;

/// <summary>The refresh failed; the next try is no earlier than <paramref name="RetryAfter"/>. The old token stays in use while it lives.</summary>
public sealed record RefreshFailed(long Fence, TimeSpan RetryAfter) : TokenCommand;

/// <summary>The client's secret was changed: a refresh that was put off because the old one was refused may be tried now.</summary>
public sealed record SecretChanged : TokenCommand;

/// <summary>Genesys refused this token (401). Void when a newer one exists.</summary>
public sealed record Invalidate(long Version) : TokenCommand;

/// <summary>Genesys answered 429. Back-offs merge by maximum.</summary>
public sealed record BackOff(TimeSpan RetryAfter) : TokenCommand;

/// <summary>What a token actor answers.</summary>
public abstract record TokenReply
{
    /// <summary>The node's lease until <paramref name="LeaseUntil"/>; everything in it is void after.</summary>
    /// <param name="Token">Encrypted; empty: none lives, wait for <paramref name="Version"/> to rise (or refresh, when claimed here).</param>
    /// <param name="Unlimited">No budget: permits are not counted, <paramref name="Permits"/> is <see cref="int.MaxValue"/>, or 0 while paused.</param>
    /// <param name="Permits">Calls granted, also to the node that is to refresh a token that is gone, for when it has one: the first from <paramref name="FirstPermitAt"/> (in the past: now), then one each <paramref name="PermitInterval"/>.</param>
    /// <param name="PausedUntil">No call before then.</param>
    /// <param name="RefreshFence">Not null: this node is to refresh the token now, and report with this fence within <see cref="TokenRules.RefreshLease"/>.</param>
    /// <param name="AskAgainAt">When the next ask can bring more (a permit, a token); at the latest <paramref name="LeaseUntil"/>.</param>
    public sealed record Lease(
        DateTimeOffset Now, DateTimeOffset LeaseUntil, ReadOnlyMemory<byte> Token, long Version, DateTimeOffset TokenExpiresAt,
        bool Unlimited, int Permits, DateTimeOffset FirstPermitAt, TimeSpan PermitInterval, DateTimeOffset? PausedUntil,
        long? RefreshFence, DateTimeOffset AskAgainAt) : TokenReply;

    /// <summary>Refreshed, Invalidate, BackOff, RefreshFailed, SecretChanged: done, or void because something newer exists.</summary>
    public sealed record Done(long Version) : TokenReply;
}

/// <summary>The limits that a token actor's turns enforce.</summary>
public sealed record TokenRules
{
    /// <summary>Requests in any 60 s; 0: unlimited.</summary>
    public int RequestsPerMinute { get; init; } = 300;

    /// <summary>How long a node may use what a lease gave it: 27 asks a minute, so that with a start or a refresh a node's turns stay at 30.</summary>
    public TimeSpan Lease { get; init; } = TimeSpan.FromSeconds(2.2);

    /// <summary>How long a node may take for a refresh before another tries.</summary>
    public TimeSpan RefreshLease { get; init; } = TimeSpan.FromSeconds(15);

    /// <summary>Longest pause that a report can set.</summary>
    public TimeSpan MaxPause { get; init; } = TimeSpan.FromHours(24);

    /// <summary>Longest wait that a failed refresh can set.</summary>
    public TimeSpan MaxRefreshWait { get; init; } = TimeSpan.FromMinutes(10);

    /// <summary>A token is refreshed at least this often, whatever its <c>expires_in</c> says. Genesys' longest is two days.</summary>
    public TimeSpan MaxTokenLife { get; init; } = TimeSpan.FromDays(2);

    /// <summary>Stops a start with rules that cannot be kept: <see cref="InvalidOperationException"/> with a sentence.</summary>
    public void Validate()
    {
        if (RequestsPerMinute is < 0 or > 1_000_000) throw new InvalidOperationException("Requests per minute are 0 (unlimited) to 1000000.");
        if (Lease <= TimeSpan.Zero || Lease > TimeSpan.FromMinutes(1)) throw new InvalidOperationException("A node's lease is longer than nothing and at most a minute.");
        if (RefreshLease <= TimeSpan.Zero || MaxPause <= TimeSpan.Zero || MaxRefreshWait <= TimeSpan.Zero || MaxTokenLife <= TimeSpan.Zero)
        {
            throw new InvalidOperationException("A token's times are longer than nothing.");
        }
    }
}
