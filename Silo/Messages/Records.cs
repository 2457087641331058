using Gatehouse.Actors;

namespace Gatehouse.Silo.Messages;

[GenerateSerializer]
internal readonly record struct UploadAddedMessage(UploadRow Row);

[RegisterConverter]
internal sealed class UploadAddedConverter : IConverter<UploadAdded, UploadAddedMessage>
{
    public UploadAdded ConvertFromSurrogate(in UploadAddedMessage surrogate) => new(surrogate.Row);

    public UploadAddedMessage ConvertToSurrogate(in UploadAdded value) => new(value.Row);
}

[GenerateSerializer]
internal readonly record struct UploadMovedMessage(UploadId Id, int Status, int Attempts, DateTimeOffset At, string? GenesysContactId, string? Result, string? Error, DateTimeOffset? FileUntil);

[RegisterConverter]
internal sealed class UploadMovedConverter : IConverter<UploadMoved, UploadMovedMessage>
{
    public UploadMoved ConvertFromSurrogate(in UploadMovedMessage surrogate) => new(surrogate.Id, (UploadStatus)surrogate.Status, surrogate.Attempts, surrogate.At, surrogate.GenesysContactId, surrogate.Result, surrogate.Error, surrogate.FileUntil);

    public UploadMovedMessage ConvertToSurrogate(in UploadMoved value) => new(value.Id, (int)value.Status, value.Attempts, value.At, value.GenesysContactId, value.Result, value.Error, value.FileUntil);
}

[GenerateSerializer]
internal readonly record struct FileKeptMessage(UploadId Id);

[RegisterConverter]
internal sealed class FileKeptConverter : IConverter<FileKept, FileKeptMessage>
{
    public FileKept ConvertFromSurrogate(in FileKeptMessage surrogate) => new(surrogate.Id);

    public FileKeptMessage ConvertToSurrogate(in FileKept value) => new(value.Id);
}

[GenerateSerializer]
internal readonly record struct FileDroppedMessage(UploadId Id, long Size);

[RegisterConverter]
internal sealed class FileDroppedConverter : IConverter<FileDropped, FileDroppedMessage>
{
    public FileDropped ConvertFromSurrogate(in FileDroppedMessage surrogate) => new(surrogate.Id, surrogate.Size);

    public FileDroppedMessage ConvertToSurrogate(in FileDropped value) => new(value.Id, value.Size);
}
