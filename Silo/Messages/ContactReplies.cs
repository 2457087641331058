using Gatehouse.Actors;
using Gatehouse.Actors.Contacts;

namespace Gatehouse.Silo.Messages;

[GenerateSerializer]
internal readonly record struct WelcomeMessage;

[RegisterConverter]
internal sealed class WelcomeConverter : IConverter<ContactReply.Welcome, WelcomeMessage>
{
    public ContactReply.Welcome ConvertFromSurrogate(in WelcomeMessage surrogate) => ContactReply.Welcome.Instance;

    public WelcomeMessage ConvertToSurrogate(in ContactReply.Welcome value) => default;
}

[GenerateSerializer]
internal readonly record struct OverQuotaMessage(QuotaUse Use);

[RegisterConverter]
internal sealed class OverQuotaConverter : IConverter<ContactReply.OverQuota, OverQuotaMessage>
{
    public ContactReply.OverQuota ConvertFromSurrogate(in OverQuotaMessage surrogate) => new(surrogate.Use);

    public OverQuotaMessage ConvertToSurrogate(in ContactReply.OverQuota value) => new(value.Use);
}

[GenerateSerializer]
internal readonly record struct FreshMessage;

[RegisterConverter]
internal sealed class FreshConverter : IConverter<ContactReply.Fresh, FreshMessage>
{
    public ContactReply.Fresh ConvertFromSurrogate(in FreshMessage surrogate) => ContactReply.Fresh.Instance;

    public FreshMessage ConvertToSurrogate(in ContactReply.Fresh value) => default;
}

[GenerateSerializer]
internal readonly record struct DuplicateMessage(UploadId First);

[RegisterConverter]
internal sealed class DuplicateConverter : IConverter<ContactReply.Duplicate, DuplicateMessage>
{
    public ContactReply.Duplicate ConvertFromSurrogate(in DuplicateMessage surrogate) => new(surrogate.First);

    public DuplicateMessage ConvertToSurrogate(in ContactReply.Duplicate value) => new(value.First);
}

[GenerateSerializer]
internal readonly record struct ReplayedMessage(UploadId First);

[RegisterConverter]
internal sealed class ReplayedConverter : IConverter<ContactReply.Replayed, ReplayedMessage>
{
    public ContactReply.Replayed ConvertFromSurrogate(in ReplayedMessage surrogate) => new(surrogate.First);

    public ReplayedMessage ConvertToSurrogate(in ContactReply.Replayed value) => new(value.First);
}

[GenerateSerializer]
internal readonly record struct KeyReusedMessage;

[RegisterConverter]
internal sealed class KeyReusedConverter : IConverter<ContactReply.KeyReused, KeyReusedMessage>
{
    public ContactReply.KeyReused ConvertFromSurrogate(in KeyReusedMessage surrogate) => ContactReply.KeyReused.Instance;

    public KeyReusedMessage ConvertToSurrogate(in ContactReply.KeyReused value) => default;
}

[GenerateSerializer]
internal readonly record struct AdmittedMessage(UploadRow Row, int Ahead, DateTimeOffset? HeadNotBefore, ContactReply.Claimed? Claim);

[RegisterConverter]
internal sealed class AdmittedConverter : IConverter<ContactReply.Admitted, AdmittedMessage>
{
    public ContactReply.Admitted ConvertFromSurrogate(in AdmittedMessage surrogate) => new(surrogate.Row, surrogate.Ahead, surrogate.HeadNotBefore, surrogate.Claim);

    public AdmittedMessage ConvertToSurrogate(in ContactReply.Admitted value) => new(value.Row, value.Ahead, value.HeadNotBefore, value.Claim);
}

[GenerateSerializer]
internal readonly record struct ClaimedMessage(UploadId Id, long Fence, DateTimeOffset LeaseUntil, int Attempts, bool OutcomeUnknown);

[RegisterConverter]
internal sealed class ClaimedConverter : IConverter<ContactReply.Claimed, ClaimedMessage>
{
    public ContactReply.Claimed ConvertFromSurrogate(in ClaimedMessage surrogate) => new(surrogate.Id, surrogate.Fence, surrogate.LeaseUntil, surrogate.Attempts, surrogate.OutcomeUnknown);

    public ClaimedMessage ConvertToSurrogate(in ContactReply.Claimed value) => new(value.Id, value.Fence, value.LeaseUntil, value.Attempts, value.OutcomeUnknown);
}

[GenerateSerializer]
internal readonly record struct NothingWaitingMessage;

[RegisterConverter]
internal sealed class NothingWaitingConverter : IConverter<ContactReply.NothingWaiting, NothingWaitingMessage>
{
    public ContactReply.NothingWaiting ConvertFromSurrogate(in NothingWaitingMessage surrogate) => ContactReply.NothingWaiting.Instance;

    public NothingWaitingMessage ConvertToSurrogate(in ContactReply.NothingWaiting value) => default;
}

[GenerateSerializer]
internal readonly record struct NotBeforeMessage(DateTimeOffset At);

[RegisterConverter]
internal sealed class NotBeforeConverter : IConverter<ContactReply.NotBefore, NotBeforeMessage>
{
    public ContactReply.NotBefore ConvertFromSurrogate(in NotBeforeMessage surrogate) => new(surrogate.At);

    public NotBeforeMessage ConvertToSurrogate(in ContactReply.NotBefore value) => new(value.At);
}

[GenerateSerializer]
internal readonly record struct RenewedMessage(DateTimeOffset LeaseUntil);

[RegisterConverter]
internal sealed class RenewedConverter : IConverter<ContactReply.Renewed, RenewedMessage>
{
    public ContactReply.Renewed ConvertFromSurrogate(in RenewedMessage surrogate) => new(surrogate.LeaseUntil);

    public RenewedMessage ConvertToSurrogate(in ContactReply.Renewed value) => new(value.LeaseUntil);
}

[GenerateSerializer]
internal readonly record struct VoidMessage;

[RegisterConverter]
internal sealed class VoidConverter : IConverter<ContactReply.Void, VoidMessage>
{
    public ContactReply.Void ConvertFromSurrogate(in VoidMessage surrogate) => ContactReply.Void.Instance;

    public VoidMessage ConvertToSurrogate(in ContactReply.Void value) => default;
}

[GenerateSerializer]
internal readonly record struct RecordedMessage(int Status, int Waiting, DateTimeOffset? HeadNotBefore);

[RegisterConverter]
internal sealed class RecordedConverter : IConverter<ContactReply.Recorded, RecordedMessage>
{
    public ContactReply.Recorded ConvertFromSurrogate(in RecordedMessage surrogate) => new((UploadStatus)surrogate.Status, surrogate.Waiting, surrogate.HeadNotBefore);

    public RecordedMessage ConvertToSurrogate(in ContactReply.Recorded value) => new((int)value.Status, value.Waiting, value.HeadNotBefore);
}

[GenerateSerializer]
internal readonly record struct DescriptionMessage(int Waiting, DateTimeOffset? HeadNotBefore, bool HeadClaimed, QuotaUse Files, QuotaUse Bytes, QuotaUse Attempts, UploadId? Head);

[RegisterConverter]
internal sealed class DescriptionConverter : IConverter<ContactReply.Description, DescriptionMessage>
{
    public ContactReply.Description ConvertFromSurrogate(in DescriptionMessage surrogate) => new(surrogate.Waiting, surrogate.HeadNotBefore, surrogate.HeadClaimed, surrogate.Files, surrogate.Bytes, surrogate.Attempts, surrogate.Head);

    public DescriptionMessage ConvertToSurrogate(in ContactReply.Description value) => new(value.Waiting, value.HeadNotBefore, value.HeadClaimed, value.Files, value.Bytes, value.Attempts, value.Head);
}

[GenerateSerializer]
internal readonly record struct QuotaUseMessage(string Quota, long Limit, long Used, DateTimeOffset ResetsAt);

[RegisterConverter]
internal sealed class QuotaUseConverter : IConverter<QuotaUse, QuotaUseMessage>
{
    public QuotaUse ConvertFromSurrogate(in QuotaUseMessage surrogate) => new(surrogate.Quota, surrogate.Limit, surrogate.Used, surrogate.ResetsAt);

    public QuotaUseMessage ConvertToSurrogate(in QuotaUse value) => new(value.Quota, value.Limit, value.Used, value.ResetsAt);
}
