namespace Gatehouse.Actors;

/// <summary>The uploads' rows, for looking: status, lists, gauges.</summary>
public interface IUploadRows
{
    ValueTask<UploadRow?> FindAsync(UploadId id, CancellationToken cancellationToken);

    /// <summary>Of these ids, the rows that are there.</summary>
    async ValueTask<IReadOnlyList<UploadRow>> FindManyAsync(IReadOnlyCollection<UploadId> ids, CancellationToken cancellationToken)
    {
        var rows = new List<UploadRow>(ids.Count);
        foreach (var id in ids)
        {
            if (await FindAsync(id, cancellationToken) is { } row) rows.Add(row);
        }
        return rows;
    }

    /// <summary>A contact's uploads, newest first. <paramref name="before"/>: continue after this one (an id from the last page).</summary>
    ValueTask<IReadOnlyList<UploadRow>> ListAsync(string contactId, UploadId? before, int limit, CancellationToken cancellationToken);

    /// <summary>Unfinished uploads: how many, in how many lines, the oldest one's admission, and the bytes they hold.</summary>
    ValueTask<Backlog> BacklogAsync(CancellationToken cancellationToken);

    /// <summary>Deletes up to <paramref name="limit"/> rows that ended before <paramref name="endedBefore"/>, but none whose bytes are kept for a link. Returns how many.</summary>
    ValueTask<int> SweepRowsAsync(DateTimeOffset endedBefore, int limit, CancellationToken cancellationToken);

    /// <summary>Failed and expired uploads that ended before <paramref name="endedBefore"/> and still have their bytes (<see cref="FileDropped"/> not written): their small-file rows are deleted here; returned for their blobs to be.</summary>
    ValueTask<IReadOnlyList<UploadId>> DropFailedFilesAsync(DateTimeOffset endedBefore, int limit, CancellationToken cancellationToken);

    /// <summary>Delivered uploads whose bytes were kept for a link (<see cref="UploadMoved.FileUntil"/>) until a time before <paramref name="now"/>: dropped as <see cref="DropFailedFilesAsync"/> does.</summary>
    ValueTask<IReadOnlyList<UploadId>> DropLinkedFilesAsync(DateTimeOffset now, int limit, CancellationToken cancellationToken);

    /// <summary>Of these ids, those whose upload's bytes are kept (unfinished, failed, or for a link): their blobs are no orphans.</summary>
    ValueTask<IReadOnlySet<UploadId>> WithFilesAsync(IReadOnlyCollection<UploadId> ids, CancellationToken cancellationToken);
}

public readonly record struct Backlog(long Uploads, long Lines, long Bytes, DateTimeOffset? Oldest);
