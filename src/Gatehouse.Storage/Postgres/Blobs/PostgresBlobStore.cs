using System.Runtime.CompilerServices;
using Gatehouse.Actors;
using Npgsql;

namespace Gatehouse.Storage.Postgres;

/// <summary>Blobs in rows of the database that holds the state: within every node's reach, and the cluster needs no other server.</summary>
/// <param name="spool">Its files count as held.</param>
public sealed class PostgresBlobStore(PostgresDatabase database, Spool spool, TimeProvider time) : IBlobStore
{
    private readonly HeldBytes _held = new(database.Source, time);

    public long StoredBytes => _held.Bytes + spool.Bytes;

    /// <summary>One round trip and one transaction, whatever the size: the parts follow each other without waiting for answers.</summary>
    public async ValueTask PutAsync(UploadId id, FileBytes bytes, CancellationToken cancellationToken)
    {
        await using var batch = database.Source.CreateBatch();
        batch.Timeout = TimeoutFor(bytes.Length);
        batch.Add(BlobSql.Delete, id);
        batch.Add(BlobSql.Add, id, bytes.Length);
        for (var part = 0; (long)part * BlobSql.PartBytes < bytes.Length; part++)
        {
            var start = (long)part * BlobSql.PartBytes;
            var stretch = new FileBytesStream(bytes, start, Math.Min(BlobSql.PartBytes, bytes.Length - start));
            batch.Add(BlobSql.AddPart, id, part, stretch);
        }
        try
        {
            await batch.ExecuteNonQueryAsync(cancellationToken);
        }
        catch (NpgsqlException e)
        {
            throw Calls.Fault(e);
        }
        _held.Add(bytes.Length);
    }

    public async ValueTask<FileBytes?> OpenAsync(UploadId id, CancellationToken cancellationToken) =>
        await Command(BlobSql.Size).With(id).RowAsync(static row => row.GetInt64(0), -1, cancellationToken) is >= 0 and var length ? new PostgresBlob(database.Source, id, length) : null;

    public async ValueTask DeleteAsync(UploadId id, CancellationToken cancellationToken) =>
        _held.Add(-await Command(BlobSql.Delete).With(id).RowAsync(static row => row.GetInt64(0), 0, cancellationToken));

    public async IAsyncEnumerable<UploadId> ListAsync(DateTimeOffset writtenBefore, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        foreach (var id in await Command(BlobSql.WrittenBefore).With(writtenBefore).RowsAsync(static row => Value.ToId(row.GetGuid(0)), cancellationToken)) yield return id;
    }

    private NpgsqlCommand Command(string sql) => database.Source.CreateCommand(sql);

    /// <summary>Seconds: half a minute, and one for every megabyte, which is slower than any network between a node and its database.</summary>
    private static int TimeoutFor(long bytes) => (int)Math.Min(30 + (bytes >> 20), int.MaxValue);
}
