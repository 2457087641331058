using Gatehouse.Actors.Contacts;

namespace Gatehouse.Silo.Messages;

[GenerateSerializer]
internal readonly record struct DeliveredMessage(string? Result, string? GenesysContactId, DateTimeOffset? FileUntil);

[RegisterConverter]
internal sealed class DeliveredConverter : IConverter<AttemptOutcome.Delivered, DeliveredMessage>
{
    public AttemptOutcome.Delivered ConvertFromSurrogate(in DeliveredMessage surrogate) => new(surrogate.Result, surrogate.GenesysContactId, surrogate.FileUntil);

    public DeliveredMessage ConvertToSurrogate(in AttemptOutcome.Delivered value) => new(value.Result, value.GenesysContactId, value.FileUntil);
}

[GenerateSerializer]
internal readonly record struct FailedMessage(string Error);

[RegisterConverter]
internal sealed class FailedConverter : IConverter<AttemptOutcome.Failed, FailedMessage>
{
    public AttemptOutcome.Failed ConvertFromSurrogate(in FailedMessage surrogate) => new(surrogate.Error);

    public FailedMessage ConvertToSurrogate(in AttemptOutcome.Failed value) => new(value.Error);
}

[GenerateSerializer]
internal readonly record struct RetryMessage(TimeSpan Delay, bool Counted, string Error, bool WaitsOut);

[RegisterConverter]
internal sealed class RetryConverter : IConverter<AttemptOutcome.Retry, RetryMessage>
{
    public AttemptOutcome.Retry ConvertFromSurrogate(in RetryMessage surrogate) => new(surrogate.Delay, surrogate.Counted, surrogate.Error, surrogate.WaitsOut);

    public RetryMessage ConvertToSurrogate(in AttemptOutcome.Retry value) => new(value.Delay, value.Counted, value.Error, value.WaitsOut);
}

[GenerateSerializer]
internal readonly record struct HandedBackMessage;

[RegisterConverter]
internal sealed class HandedBackConverter : IConverter<AttemptOutcome.HandedBack, HandedBackMessage>
{
    public AttemptOutcome.HandedBack ConvertFromSurrogate(in HandedBackMessage surrogate) => new();

    public HandedBackMessage ConvertToSurrogate(in AttemptOutcome.HandedBack value) => default;
}
