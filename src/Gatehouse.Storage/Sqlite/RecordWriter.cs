using Gatehouse.Actors;
using Gatehouse.Storage.Sqlite.Segments;

namespace Gatehouse.Storage.Sqlite;

/// <summary>Writes a save's records. What several of them say of one upload becomes one statement: each touched row costs pages in the log.</summary>
internal static class RecordWriter
{
    public static void Write(ActorSave save, SegmentPlace? place, WriterStatements statements)
    {
        for (var i = 0; i < save.Records.Count; i++)
        {
            switch (save.Records[i])
            {
                case UploadAdded added:
                    Add(added, save.Records, i, statements);
                    break;
                case UploadMoved moved:
                    if (!AddedBefore(save.Records, i, moved.Id)) statements.Uploads.Move(moved, FileAfter(save.Records, i, moved));
                    break;
                case FileKept kept:
                    if (place is { } there) statements.SmallFiles.Keep(kept.Id, there);
                    else statements.SmallFiles.Keep(kept.Id, save.SmallFile);
                    break;
                case FileDropped dropped:
                    statements.SmallFiles.Delete(dropped.Id);
                    if (!MovedBefore(save.Records, i, dropped.Id)) statements.Uploads.DropFile(dropped.Id);
                    break;
                case var other:
                    throw new NotSupportedException($"This store has no row for {other.GetType().Name}.");
            }
        }
    }

    private static void Add(UploadAdded added, IReadOnlyList<Record> records, int at, WriterStatements statements)
    {
        var row = added.Row;
        DateTimeOffset? endedAt = null;
        var file = DroppedAfter(records, at, row.Id) ? FileState.Gone : FileState.Kept;
        DateTimeOffset? fileUntil = null;
        for (var i = at + 1; i < records.Count; i++)
        {
            if (records[i] is not UploadMoved moved || moved.Id != row.Id) continue;
            row = moved.Apply(row);
            if (moved.Status.IsFinal()) endedAt = moved.At;
            if (moved.FileUntil is null) continue;
            fileUntil = moved.FileUntil;
            file = FileState.Linked;
        }
        statements.Uploads.Add(row, endedAt, file, fileUntil);
    }

    private static FileState? FileAfter(IReadOnlyList<Record> records, int at, UploadMoved moved)
    {
        if (DroppedAfter(records, at, moved.Id)) return FileState.Gone;
        return moved.FileUntil is null ? null : FileState.Linked;
    }

    private static bool DroppedAfter(IReadOnlyList<Record> records, int at, UploadId id)
    {
        for (var i = at + 1; i < records.Count; i++)
        {
            if (records[i] is FileDropped dropped && dropped.Id == id) return true;
        }
        return false;
    }

    private static bool AddedBefore(IReadOnlyList<Record> records, int at, UploadId id)
    {
        for (var i = 0; i < at; i++)
        {
            if (records[i] is UploadAdded added && added.Row.Id == id) return true;
        }
        return false;
    }

    private static bool MovedBefore(IReadOnlyList<Record> records, int at, UploadId id)
    {
        for (var i = 0; i < at; i++)
        {
            if (records[i] is UploadMoved moved && moved.Id == id) return true;
        }
        return AddedBefore(records, at, id);
    }
}
