using Gatehouse.Actors;
using Gatehouse.Actors.Contacts;

namespace Gatehouse.Silo.Messages;

[GenerateSerializer]
internal readonly record struct KnockMessage(Fingerprint? IdempotencyKey);

[RegisterConverter]
internal sealed class KnockConverter : IConverter<Knock, KnockMessage>
{
    public Knock ConvertFromSurrogate(in KnockMessage surrogate) => new(surrogate.IdempotencyKey);

    public KnockMessage ConvertToSurrogate(in Knock value) => new(value.IdempotencyKey);
}

[GenerateSerializer]
internal readonly record struct CountRefusedMessage(UploadId Id);

[RegisterConverter]
internal sealed class CountRefusedConverter : IConverter<CountRefused, CountRefusedMessage>
{
    public CountRefused ConvertFromSurrogate(in CountRefusedMessage surrogate) => new(surrogate.Id);

    public CountRefusedMessage ConvertToSurrogate(in CountRefused value) => new(value.Id);
}

[GenerateSerializer]
internal readonly record struct PeekMessage(AdmitRequest Request);

[RegisterConverter]
internal sealed class PeekConverter : IConverter<Peek, PeekMessage>
{
    public Peek ConvertFromSurrogate(in PeekMessage surrogate) => new(surrogate.Request);

    public PeekMessage ConvertToSurrogate(in Peek value) => new(value.Request);
}

[GenerateSerializer]
internal readonly record struct TurnAwayMessage(AdmitRequest Request);

[RegisterConverter]
internal sealed class TurnAwayConverter : IConverter<TurnAway, TurnAwayMessage>
{
    public TurnAway ConvertFromSurrogate(in TurnAwayMessage surrogate) => new(surrogate.Request);

    public TurnAwayMessage ConvertToSurrogate(in TurnAway value) => new(value.Request);
}

[GenerateSerializer]
internal readonly record struct AdmitMessage(AdmitRequest Request, UploadRow Row, bool SmallFile, ClaimRequest? Claim);

[RegisterConverter]
internal sealed class AdmitConverter : IConverter<Admit, AdmitMessage>
{
    public Admit ConvertFromSurrogate(in AdmitMessage surrogate) => new(surrogate.Request, surrogate.Row, surrogate.SmallFile, surrogate.Claim);

    public AdmitMessage ConvertToSurrogate(in Admit value) => new(value.Request, value.Row, value.SmallFile, value.Claim);
}

[GenerateSerializer]
internal readonly record struct AdmitRequestMessage(UploadId Id, long Size, Fingerprint Content, bool AllowDuplicate, Fingerprint? IdempotencyKey, Fingerprint Body);

[RegisterConverter]
internal sealed class AdmitRequestConverter : IConverter<AdmitRequest, AdmitRequestMessage>
{
    public AdmitRequest ConvertFromSurrogate(in AdmitRequestMessage surrogate) => new(surrogate.Id, surrogate.Size, surrogate.Content, surrogate.AllowDuplicate, surrogate.IdempotencyKey, surrogate.Body);

    public AdmitRequestMessage ConvertToSurrogate(in AdmitRequest value) => new(value.Id, value.Size, value.Content, value.AllowDuplicate, value.IdempotencyKey, value.Body);
}

[GenerateSerializer]
internal readonly record struct ClaimMessage(ClaimRequest Request);

[RegisterConverter]
internal sealed class ClaimConverter : IConverter<Claim, ClaimMessage>
{
    public Claim ConvertFromSurrogate(in ClaimMessage surrogate) => new(surrogate.Request);

    public ClaimMessage ConvertToSurrogate(in Claim value) => new(value.Request);
}

[GenerateSerializer]
internal readonly record struct ClaimRequestMessage(UploadId Attempt, string Owner, bool SoleOwner, bool Early);

[RegisterConverter]
internal sealed class ClaimRequestConverter : IConverter<ClaimRequest, ClaimRequestMessage>
{
    public ClaimRequest ConvertFromSurrogate(in ClaimRequestMessage surrogate) => new(surrogate.Attempt, surrogate.Owner, surrogate.SoleOwner, surrogate.Early);

    public ClaimRequestMessage ConvertToSurrogate(in ClaimRequest value) => new(value.Attempt, value.Owner, value.SoleOwner, value.Early);
}

[GenerateSerializer]
internal readonly record struct PutOffMessage(UploadId Id, TimeSpan Delay);

[RegisterConverter]
internal sealed class PutOffConverter : IConverter<PutOff, PutOffMessage>
{
    public PutOff ConvertFromSurrogate(in PutOffMessage surrogate) => new(surrogate.Id, surrogate.Delay);

    public PutOffMessage ConvertToSurrogate(in PutOff value) => new(value.Id, value.Delay);
}

[GenerateSerializer]
internal readonly record struct RenewMessage(UploadId Id, long Fence);

[RegisterConverter]
internal sealed class RenewConverter : IConverter<Renew, RenewMessage>
{
    public Renew ConvertFromSurrogate(in RenewMessage surrogate) => new(surrogate.Id, surrogate.Fence);

    public RenewMessage ConvertToSurrogate(in Renew value) => new(value.Id, value.Fence);
}

[GenerateSerializer]
internal readonly record struct CompleteMessage(UploadId Id, long Fence, AttemptOutcome Outcome);

[RegisterConverter]
internal sealed class CompleteConverter : IConverter<Complete, CompleteMessage>
{
    public Complete ConvertFromSurrogate(in CompleteMessage surrogate) => new(surrogate.Id, surrogate.Fence, surrogate.Outcome);

    public CompleteMessage ConvertToSurrogate(in Complete value) => new(value.Id, value.Fence, value.Outcome);
}

[GenerateSerializer]
internal readonly record struct DescribeMessage;

[RegisterConverter]
internal sealed class DescribeConverter : IConverter<Describe, DescribeMessage>
{
    public Describe ConvertFromSurrogate(in DescribeMessage surrogate) => new();

    public DescribeMessage ConvertToSurrogate(in Describe value) => default;
}
