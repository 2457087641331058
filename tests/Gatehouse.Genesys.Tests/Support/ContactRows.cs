using Gatehouse.Actors;

namespace Gatehouse.Genesys.Tests;

/// <summary>The uploads' rows as far as a search for a contact reads them: of each contact, newest first.</summary>
internal sealed class ContactRows : IUploadRows
{
    public List<UploadRow> Rows { get; } = [];

    public ValueTask<UploadRow?> FindAsync(UploadId id, CancellationToken cancellationToken) => ValueTask.FromResult(Rows.Find(row => row.Id == id));

    public ValueTask<IReadOnlyList<UploadRow>> ListAsync(string contactId, UploadId? before, int limit, CancellationToken cancellationToken) =>
        ValueTask.FromResult<IReadOnlyList<UploadRow>>([.. Rows.Where(row => string.Equals(row.ContactId, contactId, StringComparison.Ordinal)).Take(limit)]);

    public ValueTask<Backlog> BacklogAsync(CancellationToken cancellationToken) => throw new NotSupportedException();

    public ValueTask<int> SweepRowsAsync(DateTimeOffset endedBefore, int limit, CancellationToken cancellationToken) => throw new NotSupportedException();

    public ValueTask<IReadOnlyList<UploadId>> DropFailedFilesAsync(DateTimeOffset endedBefore, int limit, CancellationToken cancellationToken) => throw new NotSupportedException();

    public ValueTask<IReadOnlyList<UploadId>> DropLinkedFilesAsync(DateTimeOffset now, int limit, CancellationToken cancellationToken) => throw new NotSupportedException();

    public ValueTask<IReadOnlySet<UploadId>> WithFilesAsync(IReadOnlyCollection<UploadId> ids, CancellationToken cancellationToken) => throw new NotSupportedException();
}
