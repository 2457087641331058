using Gatehouse.Actors;
using Gatehouse.Storage.Sqlite.Segments;

namespace Gatehouse.Storage.Sqlite;

public sealed partial class SqliteStore : IUploadRows, ISmallFiles
{
    public ValueTask<UploadRow?> FindAsync(UploadId id, CancellationToken cancellationToken) =>
        new(_readers.Read(id, static (reader, id) => reader.Find(id)));

    public ValueTask<IReadOnlyList<UploadRow>> ListAsync(string contactId, UploadId? before, int limit, CancellationToken cancellationToken) =>
        new(_readers.Read((contactId, before, limit), static (reader, asked) => reader.List(asked.contactId, asked.before, asked.limit)));

    public ValueTask<Backlog> BacklogAsync(CancellationToken cancellationToken) =>
        new(_readers.Read(0, static (reader, _) => reader.Backlog()));

    public async ValueTask<int> SweepRowsAsync(DateTimeOffset endedBefore, int limit, CancellationToken cancellationToken)
    {
        var swept = await Write(statements =>
        {
            var deleted = statements.Uploads.DeleteEnded(endedBefore, limit);
            foreach (var (id, hasFile) in deleted)
            {
                if (hasFile) statements.SmallFiles.Delete(id);
            }
            return deleted.Count;
        });
        if (swept < limit) await _compactor.RunAsync();
        return swept;
    }

    public ValueTask<IReadOnlyList<UploadId>> DropFailedFilesAsync(DateTimeOffset endedBefore, int limit, CancellationToken cancellationToken) =>
        Write(statements => Drop(statements.Uploads.EndedWithFile(endedBefore, limit), statements));

    public ValueTask<IReadOnlyList<UploadId>> DropLinkedFilesAsync(DateTimeOffset now, int limit, CancellationToken cancellationToken) =>
        Write(statements => Drop(statements.Uploads.LinkedUntil(now, limit), statements));

    public ValueTask<IReadOnlySet<UploadId>> WithFilesAsync(IReadOnlyCollection<UploadId> ids, CancellationToken cancellationToken) =>
        new(_readers.Read(ids, static (reader, ids) =>
        {
            IReadOnlySet<UploadId> found = ids.Where(reader.HasFile).ToHashSet();
            return found;
        }));

    ValueTask<long> ISmallFiles.BytesAsync(long smallFileBytes, CancellationToken cancellationToken) =>
        new(_readers.Read(smallFileBytes, static (reader, most) => reader.SmallBytes(most)));

    ValueTask<FileBytes?> ISmallFiles.OpenAsync(UploadId id, CancellationToken cancellationToken) =>
        new(OpenSmall(id));

    private static IReadOnlyList<UploadId> Drop(IReadOnlyList<UploadId> ids, WriterStatements statements)
    {
        foreach (var id in ids)
        {
            statements.SmallFiles.Delete(id);
            statements.Uploads.DropFile(id);
        }
        return ids;
    }

    /// <summary>A file that is moved or deleted between the look at its row and the hold on its segment has another row then, or none.</summary>
    private FileBytes? OpenSmall(UploadId id)
    {
        SegmentPlace? tried = null;
        while (true)
        {
            var (file, place) = _readers.Read(id, static (reader, id) => reader.SmallFile(id));
            if (place is not { } there || place == tried) return file;
            if (_segments.Open(there) is { } open) return open;
            tried = place;
        }
    }
}
