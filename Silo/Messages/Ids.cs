using Gatehouse.Actors;
using Gatehouse.Actors.Contacts;

namespace Gatehouse.Silo.Messages;

// How the domain's types travel between silos. The order of a message's parameters is its wire format: a new one goes to the end, none is ever taken out, and silos of two releases understand each other.
[GenerateSerializer]
internal readonly record struct UploadIdMessage(UInt128 Value);

[RegisterConverter]
internal sealed class UploadIdConverter : IConverter<UploadId, UploadIdMessage>
{
    public UploadId ConvertFromSurrogate(in UploadIdMessage surrogate) => new(surrogate.Value);

    public UploadIdMessage ConvertToSurrogate(in UploadId value) => new(value.Value);
}

[GenerateSerializer]
internal readonly record struct FingerprintMessage(UInt128 Value);

[RegisterConverter]
internal sealed class FingerprintConverter : IConverter<Fingerprint, FingerprintMessage>
{
    public Fingerprint ConvertFromSurrogate(in FingerprintMessage surrogate) => new(surrogate.Value);

    public FingerprintMessage ConvertToSurrogate(in Fingerprint value) => new(value.Value);
}
