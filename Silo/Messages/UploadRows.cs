using Gatehouse.Actors;

namespace Gatehouse.Silo.Messages;

[GenerateSerializer]
internal readonly record struct UploadRowMessage(
    UploadId Id, string ContactId, string? ConversationId, string? GenesysContactId, string Filename, string OriginalFilename, string Mime, string? Charset, long Size, string Sha256,
    int Status, string[] Flags, string Route, string? SenderId, int Attempts, long Sequence, DateTimeOffset CreatedAt, DateTimeOffset? DeliveredAt, string? Result, string? Error, string? Caller);

[RegisterConverter]
internal sealed class UploadRowConverter : IConverter<UploadRow, UploadRowMessage>
{
    public UploadRow ConvertFromSurrogate(in UploadRowMessage surrogate) => new()
    {
        Id = surrogate.Id,
        ContactId = surrogate.ContactId,
        ConversationId = surrogate.ConversationId,
        GenesysContactId = surrogate.GenesysContactId,
        Filename = surrogate.Filename,
        OriginalFilename = surrogate.OriginalFilename,
        Mime = surrogate.Mime,
        Charset = surrogate.Charset,
        Size = surrogate.Size,
        Sha256 = surrogate.Sha256,
        Status = (UploadStatus)surrogate.Status,
        Flags = surrogate.Flags,
        Route = surrogate.Route,
        SenderId = surrogate.SenderId,
        Attempts = surrogate.Attempts,
        Sequence = surrogate.Sequence,
        CreatedAt = surrogate.CreatedAt,
        DeliveredAt = surrogate.DeliveredAt,
        Result = surrogate.Result,
        Error = surrogate.Error,
        Caller = surrogate.Caller,
    };

    public UploadRowMessage ConvertToSurrogate(in UploadRow value) => new(
        value.Id, value.ContactId, value.ConversationId, value.GenesysContactId, value.Filename, value.OriginalFilename, value.Mime, value.Charset, value.Size, value.Sha256,
        (int)value.Status, [.. value.Flags], value.Route, value.SenderId, value.Attempts, value.Sequence, value.CreatedAt, value.DeliveredAt, value.Result, value.Error, value.Caller);
}
