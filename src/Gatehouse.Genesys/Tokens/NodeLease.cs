using Gatehouse.Actors.Tokens;

namespace Gatehouse.Genesys;

/// <summary>
/// A token actor's lease on this node's own monotonic clock. The end is counted from before the ask, permits from after its answer: both on the safe side of the actor's clock.
/// </summary>
internal sealed class NodeLease(TokenReply.Lease lease, Permit permit, TimeSpan askedAt, TimeSpan answeredAt)
{
    private int _taken;

    public Permit Permit { get; } = permit;

    public TimeSpan AnsweredAt { get; } = answeredAt;

    public bool Unlimited { get; } = lease.Unlimited;

    /// <summary>Permits of it that were used.</summary>
    public int Taken => _taken;

    /// <summary>For how long after its end it still tells what will be wanted.</summary>
    public TimeSpan TellsUntil => EndsAt + (lease.LeaseUntil - lease.Now);

    /// <summary>Lease and token live until here.</summary>
    public TimeSpan EndsAt { get; } = askedAt + (Min(lease.LeaseUntil, lease.TokenExpiresAt) - lease.Now);

    /// <summary>May lie in the past: permits that were saved up can be used at once.</summary>
    private TimeSpan FirstAt { get; } = answeredAt + (lease.FirstPermitAt - lease.Now);

    /// <summary>When the next permit can be used; null: none is left.</summary>
    public TimeSpan? NextPermitAt => Unlimited ? TimeSpan.Zero : _taken < lease.Permits && FirstAt + (_taken * lease.PermitInterval) is var at && at < EndsAt ? at : null;

    /// <summary>A permit, if one can be used at <paramref name="now"/>.</summary>
    public Permit? Take(TimeSpan now)
    {
        if (now >= EndsAt) return null;
        if (Unlimited) return Permit;
        if (NextPermitAt is not { } at || at > now) return null;
        _taken++;
        return Permit;
    }

    /// <summary>One that was taken is to be had again.</summary>
    public void Return() => _taken = Math.Max(0, _taken - 1);

    /// <summary>How many permits can be used at <paramref name="now"/>.</summary>
    public int AtHand(TimeSpan now)
    {
        if (now >= EndsAt) return 0;
        if (Unlimited) return int.MaxValue;
        if (now < FirstAt) return 0;
        var come = lease.PermitInterval > TimeSpan.Zero ? (long)((now - FirstAt) / lease.PermitInterval) + 1 : lease.Permits;
        return (int)Math.Max(0, Math.Min(lease.Permits, come) - _taken);
    }

    private static DateTimeOffset Min(DateTimeOffset a, DateTimeOffset b) => a < b ? a : b;
}
