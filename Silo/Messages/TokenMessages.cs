using Gatehouse.Actors;
using Gatehouse.Actors.Tokens;

namespace Gatehouse.Silo.Messages;

[GenerateSerializer]
internal readonly record struct TakeLeaseMessage(UploadId Request, string Node, int Waiting, RateSeenMessage? Seen);

[RegisterConverter]
internal sealed class TakeLeaseConverter : IConverter<TakeLease, TakeLeaseMessage>
{
    public TakeLease ConvertFromSurrogate(in TakeLeaseMessage surrogate) => new(
        surrogate.Request, surrogate.Node, surrogate.Waiting, surrogate.Seen is { } seen ? new RateSeen(seen.Allowed, seen.Left, seen.ResetsIn) : null);

    public TakeLeaseMessage ConvertToSurrogate(in TakeLease value) => new(
        value.Request, value.Node, value.Waiting, value.Seen is { } seen ? new RateSeenMessage(seen.Allowed, seen.Left, seen.ResetsIn) : null);
}

[GenerateSerializer]
internal readonly record struct RateSeenMessage(int Allowed, int Left, TimeSpan ResetsIn);

[GenerateSerializer]
internal readonly record struct RefreshedMessage(long Fence, byte[] Token, TimeSpan ExpiresIn);

[RegisterConverter]
internal sealed class RefreshedConverter : IConverter<Refreshed, RefreshedMessage>
{
    public Refreshed ConvertFromSurrogate(in RefreshedMessage surrogate) => new(surrogate.Fence, surrogate.Token, surrogate.ExpiresIn);

    public RefreshedMessage ConvertToSurrogate(in Refreshed value) => new(value.Fence, value.Token.ToArray(), value.ExpiresIn);
}

[GenerateSerializer]
internal readonly record struct RefreshFailedMessage(long Fence, TimeSpan RetryAfter);

[RegisterConverter]
internal sealed class RefreshFailedConverter : IConverter<RefreshFailed, RefreshFailedMessage>
{
    public RefreshFailed ConvertFromSurrogate(in RefreshFailedMessage surrogate) => new(surrogate.Fence, surrogate.RetryAfter);

    public RefreshFailedMessage ConvertToSurrogate(in RefreshFailed value) => new(value.Fence, value.RetryAfter);
}

[GenerateSerializer]
internal readonly record struct InvalidateMessage(long Version);

[RegisterConverter]
internal sealed class InvalidateConverter : IConverter<Invalidate, InvalidateMessage>
{
    public Invalidate ConvertFromSurrogate(in InvalidateMessage surrogate) => new(surrogate.Version);

    public InvalidateMessage ConvertToSurrogate(in Invalidate value) => new(value.Version);
}

[GenerateSerializer]
internal readonly record struct SecretChangedMessage;

[RegisterConverter]
internal sealed class SecretChangedConverter : IConverter<SecretChanged, SecretChangedMessage>
{
    public SecretChanged ConvertFromSurrogate(in SecretChangedMessage surrogate) => new();

    public SecretChangedMessage ConvertToSurrogate(in SecretChanged value) => default;
}

[GenerateSerializer]
internal readonly record struct BackOffMessage(TimeSpan RetryAfter);

[RegisterConverter]
internal sealed class BackOffConverter : IConverter<BackOff, BackOffMessage>
{
    public BackOff ConvertFromSurrogate(in BackOffMessage surrogate) => new(surrogate.RetryAfter);

    public BackOffMessage ConvertToSurrogate(in BackOff value) => new(value.RetryAfter);
}

[GenerateSerializer]
internal readonly record struct LeaseMessage(
    DateTimeOffset Now, DateTimeOffset LeaseUntil, byte[] Token, long Version, DateTimeOffset TokenExpiresAt, bool Unlimited, int Permits, DateTimeOffset FirstPermitAt, TimeSpan PermitInterval,
    DateTimeOffset? PausedUntil, long? RefreshFence, DateTimeOffset AskAgainAt);

[RegisterConverter]
internal sealed class LeaseConverter : IConverter<TokenReply.Lease, LeaseMessage>
{
    public TokenReply.Lease ConvertFromSurrogate(in LeaseMessage surrogate) => new(
        surrogate.Now, surrogate.LeaseUntil, surrogate.Token, surrogate.Version, surrogate.TokenExpiresAt, surrogate.Unlimited, surrogate.Permits, surrogate.FirstPermitAt, surrogate.PermitInterval,
        surrogate.PausedUntil, surrogate.RefreshFence, surrogate.AskAgainAt);

    public LeaseMessage ConvertToSurrogate(in TokenReply.Lease value) => new(
        value.Now, value.LeaseUntil, value.Token.ToArray(), value.Version, value.TokenExpiresAt, value.Unlimited, value.Permits, value.FirstPermitAt, value.PermitInterval,
        value.PausedUntil, value.RefreshFence, value.AskAgainAt);
}

[GenerateSerializer]
internal readonly record struct DoneMessage(long Version);

[RegisterConverter]
internal sealed class DoneConverter : IConverter<TokenReply.Done, DoneMessage>
{
    public TokenReply.Done ConvertFromSurrogate(in DoneMessage surrogate) => new(surrogate.Version);

    public DoneMessage ConvertToSurrogate(in TokenReply.Done value) => new(value.Version);
}
