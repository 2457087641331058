using System.Buffers;
using Gatehouse.Actors;
using Npgsql;

namespace Gatehouse.Storage.Postgres;

/// <summary>A save's statement with its parameters, in the order of <see cref="SaveSql"/>. Dispose it when the save has returned: it holds a copy of a small file that came in pieces.</summary>
internal sealed class SaveCommand : IDisposable
{
    private byte[]? _copied;

    public SaveCommand(NpgsqlDataSource source, ActorSave save)
    {
        var records = FoldedRecords.Of(save);
        var shape = SaveShape.Of(save, records);
        Command = source.CreateCommand(SaveSql.Of(shape));
        Head(save, shape.Head);
        foreach (var added in records.Added) Command.With(UploadColumns.Values(added.Row)).With(added.EndedAt);
        foreach (var file in records.Files) File(file, records.AddedOf(file.Id));
        foreach (var moved in records.Moved) Move(moved);
        foreach (var moved in records.MovedWithFile) Command.With(EndedAt(moved), moved.FileUntil, moved.Id);
        foreach (var dropped in records.Dropped) Command.With(dropped);
    }

    public NpgsqlCommand Command { get; }

    public void Dispose()
    {
        if (_copied is null) return;
        ArrayPool<byte>.Shared.Return(_copied);
        _copied = null;
    }

    private void Head(ActorSave save, SaveHead head)
    {
        Command.With(save.Key.Kind, Value.Key(save.Key));
        if (head is SaveHead.Insert or SaveHead.Update) Command.With(save.Schema, save.State, save.Wake.DueAt, save.Wake.Waiting);
        if (head is SaveHead.Update or SaveHead.Forget) Command.With(save.ExpectedVersion);
    }

    private void File(KeptFile file, AddedUpload? added)
    {
        ReadOnlyMemory<byte>? bytes = file.Bytes is { } sequence ? Whole(sequence) : null;
        Command.With(file.Id, added?.Row.ContactId, added?.Row.Size ?? bytes?.Length ?? 0L, added?.Row.CreatedAt, added?.EndedAt, added?.FileUntil, bytes);
    }

    private void Move(UploadMoved moved) => Command.With(
        (short)moved.Status, moved.Attempts, moved.GenesysContactId, moved.Result, moved.Error, moved.Status == UploadStatus.Delivered ? moved.At : (DateTimeOffset?)null, EndedAt(moved), moved.Id);

    private ReadOnlyMemory<byte> Whole(in ReadOnlySequence<byte> bytes)
    {
        if (bytes.IsSingleSegment) return bytes.First;
        _copied = ArrayPool<byte>.Shared.Rent(checked((int)bytes.Length));
        bytes.CopyTo(_copied);
        return _copied.AsMemory(0, (int)bytes.Length);
    }

    private static DateTimeOffset? EndedAt(UploadMoved moved) => moved.Status.IsFinal() ? moved.At : null;
}
