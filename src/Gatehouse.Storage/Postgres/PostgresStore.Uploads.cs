using System.Data;
using Gatehouse.Actors;
using Npgsql;

namespace Gatehouse.Storage.Postgres;

public sealed partial class PostgresStore : IUploadRows, ISmallFiles
{
    public ValueTask<UploadRow?> FindAsync(UploadId id, CancellationToken cancellationToken) =>
        Command(UploadSql.Find).With(id).RowAsync(UploadColumns.Read, (UploadRow?)null, cancellationToken);

    public async ValueTask<IReadOnlyList<UploadRow>> FindManyAsync(IReadOnlyCollection<UploadId> ids, CancellationToken cancellationToken) =>
        await Command(UploadSql.FindMany).With(Value.Of(ids)).RowsAsync(UploadColumns.Read, cancellationToken);

    public async ValueTask<IReadOnlyList<UploadRow>> ListAsync(string contactId, UploadId? before, int limit, CancellationToken cancellationToken) =>
        await Command(UploadSql.List).With(contactId, before, limit).RowsAsync(UploadColumns.Read, cancellationToken);

    public ValueTask<Backlog> BacklogAsync(CancellationToken cancellationToken) =>
        Command(UploadSql.Backlog).RowAsync(
            static row => new Backlog(row.GetInt64(0), row.GetInt64(1), row.GetInt64(2), row.MaybeTime(3)), default, cancellationToken);

    public ValueTask<int> SweepRowsAsync(DateTimeOffset endedBefore, int limit, CancellationToken cancellationToken) =>
        Command(UploadSql.Sweep).With(endedBefore, limit).RowAsync(static row => (int)row.GetInt64(0), 0, cancellationToken);

    public async ValueTask<IReadOnlyList<UploadId>> DropFailedFilesAsync(DateTimeOffset endedBefore, int limit, CancellationToken cancellationToken) =>
        await Command(UploadSql.DropFailed).With(endedBefore, limit).RowsAsync(ReadId, cancellationToken);

    public async ValueTask<IReadOnlyList<UploadId>> DropLinkedFilesAsync(DateTimeOffset now, int limit, CancellationToken cancellationToken) =>
        await Command(UploadSql.DropLinked).With(now, limit).RowsAsync(ReadId, cancellationToken);

    public async ValueTask<IReadOnlySet<UploadId>> WithFilesAsync(IReadOnlyCollection<UploadId> ids, CancellationToken cancellationToken) =>
        (await Command(UploadSql.WithFiles).With(Value.Of(ids)).RowsAsync(ReadId, cancellationToken)).ToHashSet();

    ValueTask<long> ISmallFiles.BytesAsync(long smallFileBytes, CancellationToken cancellationToken) =>
        Command(UploadSql.SmallBytes).With(smallFileBytes).RowAsync(static row => row.GetInt64(0), 0L, cancellationToken);

    /// <summary>Into pooled memory as it comes: an array of its size would be one for the large-object heap.</summary>
    async ValueTask<FileBytes?> ISmallFiles.OpenAsync(UploadId id, CancellationToken cancellationToken)
    {
        await using var command = Command(UploadSql.SmallFile).With(id);
        try
        {
            await using var reader = await command.ExecuteReaderAsync(CommandBehavior.SequentialAccess, cancellationToken);
            if (!await reader.ReadAsync(cancellationToken)) return null;
            await using var bytes = reader.GetStream(0);
            return await PooledFile.ReadAsync(bytes, cancellationToken);
        }
        catch (NpgsqlException e)
        {
            throw Calls.Fault(e);
        }
    }

    private static UploadId ReadId(NpgsqlDataReader row) => Value.ToId(row.GetGuid(0));
}
