using System.Buffers;
using Gatehouse.Actors;

namespace Gatehouse.Storage.Memory;

public sealed partial class MemoryStore : IUploadRows, ISmallFiles
{
    private readonly Dictionary<UploadId, Held> _uploads = [];
    private readonly Dictionary<UploadId, byte[]> _smallFiles = [];

    public ValueTask<UploadRow?> FindAsync(UploadId id, CancellationToken cancellationToken)
    {
        lock (_gate) return new(_uploads.TryGetValue(id, out var held) ? held.Row : null);
    }

    public ValueTask<IReadOnlyList<UploadRow>> ListAsync(string contactId, UploadId? before, int limit, CancellationToken cancellationToken)
    {
        lock (_gate)
        {
            var below = long.MaxValue;
            if (before is { } last)
            {
                if (!_uploads.TryGetValue(last, out var held) || !string.Equals(held.Row.ContactId, contactId, StringComparison.Ordinal)) return new([]);
                below = held.Row.Sequence;
            }
            return new([.. _uploads.Values.Select(held => held.Row).Where(row => string.Equals(row.ContactId, contactId, StringComparison.Ordinal) && row.Sequence < below)
                .OrderByDescending(row => row.Sequence).Take(limit)]);
        }
    }

    public ValueTask<Backlog> BacklogAsync(CancellationToken cancellationToken)
    {
        lock (_gate)
        {
            var open = _uploads.Values.Where(held => held.EndedAt is null).Select(held => held.Row).ToList();
            return new(new Backlog(
                open.Count,
                open.Select(row => row.ContactId).Distinct(StringComparer.Ordinal).Count(),
                open.Sum(row => row.Size),
                open.Count == 0 ? null : open.Min(row => row.CreatedAt)));
        }
    }

    public ValueTask<int> SweepRowsAsync(DateTimeOffset endedBefore, int limit, CancellationToken cancellationToken)
    {
        lock (_gate)
        {
            var old = _uploads.Where(upload => upload.Value.EndedAt < endedBefore && upload.Value.FileUntil is null).Take(limit).ToList();
            foreach (var (id, _) in old)
            {
                _uploads.Remove(id);
                _smallFiles.Remove(id);
            }
            return new(old.Count);
        }
    }

    public ValueTask<IReadOnlyList<UploadId>> DropFailedFilesAsync(DateTimeOffset endedBefore, int limit, CancellationToken cancellationToken)
    {
        lock (_gate)
        {
            var kept = _uploads.Where(upload => upload.Value is { HasFile: true, FileUntil: null } && upload.Value.EndedAt < endedBefore).OrderBy(upload => upload.Value.EndedAt).Take(limit).ToList();
            foreach (var (id, _) in kept) DropFile(id);
            return new([.. kept.Select(upload => upload.Key)]);
        }
    }

    public ValueTask<IReadOnlyList<UploadId>> DropLinkedFilesAsync(DateTimeOffset now, int limit, CancellationToken cancellationToken)
    {
        lock (_gate)
        {
            var expired = _uploads.Where(upload => upload.Value.FileUntil < now).OrderBy(upload => upload.Value.FileUntil).Take(limit).ToList();
            foreach (var (id, _) in expired) DropFile(id);
            return new([.. expired.Select(upload => upload.Key)]);
        }
    }

    public ValueTask<IReadOnlySet<UploadId>> WithFilesAsync(IReadOnlyCollection<UploadId> ids, CancellationToken cancellationToken)
    {
        lock (_gate)
        {
            IReadOnlySet<UploadId> found = ids.Where(id => _uploads.TryGetValue(id, out var held) && held.HasFile).ToHashSet();
            return new(found);
        }
    }

    ValueTask<FileBytes?> ISmallFiles.OpenAsync(UploadId id, CancellationToken cancellationToken)
    {
        lock (_gate) return new(_smallFiles.TryGetValue(id, out var bytes) ? new PooledFile(bytes) : null);
    }

    ValueTask<long> ISmallFiles.BytesAsync(long smallFileBytes, CancellationToken cancellationToken)
    {
        lock (_gate) return new(_smallFiles.Values.Sum(bytes => (long)bytes.Length));
    }

    private void Write(Record record, ReadOnlySequence<byte> smallFile)
    {
        switch (record)
        {
            case UploadAdded added:
                _uploads.Add(added.Row.Id, new Held(added.Row, EndedAt: null, HasFile: true, FileUntil: null));
                break;
            case UploadMoved moved:
                if (_uploads.TryGetValue(moved.Id, out var held))
                {
                    _uploads[moved.Id] = held with { Row = moved.Apply(held.Row), EndedAt = moved.Status.IsFinal() ? moved.At : null, FileUntil = moved.FileUntil };
                }
                break;
            case FileKept kept:
                _smallFiles.Add(kept.Id, smallFile.ToArray());
                break;
            case FileDropped dropped:
                DropFile(dropped.Id);
                break;
            default:
                throw new NotSupportedException($"This store has no row for {record.GetType().Name}.");
        }
    }

    private void DropFile(UploadId id)
    {
        _smallFiles.Remove(id);
        if (_uploads.TryGetValue(id, out var held)) _uploads[id] = held with { HasFile = false, FileUntil = null };
    }

    private sealed record Held(UploadRow Row, DateTimeOffset? EndedAt, bool HasFile, DateTimeOffset? FileUntil);
}
