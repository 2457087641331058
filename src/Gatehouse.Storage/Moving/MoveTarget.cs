using System.Globalization;
using Gatehouse.Actors;
using Gatehouse.Storage.Postgres;
using Npgsql;

namespace Gatehouse.Storage.Moving;

/// <summary>The PostgreSQL database that a folder moves into: every portion is one transaction with the mark that tells of it.</summary>
internal sealed class MoveTarget(PostgresDatabase database, IBlobStore? blobs)
{
    private const string AddActor = "INSERT INTO gatehouse.actors (kind, key, version, schema, state, due_at, waiting) VALUES ($1, $2, $3, $4, $5, $6, $7)";

    private const string AddFile = "INSERT INTO gatehouse.files (id, contact_id, size, created_at, ended_at, keep_until, bytes) VALUES ($1, $2, $3, $4, $5, $6, $7)";

    private static readonly string AddUpload = string.Create(
        CultureInfo.InvariantCulture,
        $"INSERT INTO gatehouse.uploads ({UploadColumns.Names}, ended_at) VALUES ({string.Join(", ", Enumerable.Range(1, UploadColumns.Count + 1).Select(i => $"${i}"))})");

    public bool TakesBlobs => blobs is not null;

    /// <summary>Where to go on; a new target is marked as this source's.</summary>
    /// <exception cref="MoveRefusedException">It holds something else, or nodes run on it.</exception>
    public MoveMark Begin(long source)
    {
        using var connection = database.Source.OpenConnection();
        if (Number(connection, "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND application_name = 'gatehouse'") > 0)
            throw new MoveRefusedException("Nodes run on the database: stop them, and move before the first one starts.");
        if (MoveMark.Read(connection) is { } mark)
        {
            return mark.Source == source ? mark : throw new MoveRefusedException("The database belongs to the move of another folder: give an empty one.");
        }
        if (Number(connection, "SELECT count(*) FROM (SELECT 1 FROM gatehouse.actors UNION ALL SELECT 1 FROM gatehouse.uploads UNION ALL SELECT 1 FROM gatehouse.files UNION ALL SELECT 1 FROM gatehouse.blobs) something LIMIT 1") > 0)
            throw new MoveRefusedException("The database is not empty, and what is in it came from no move: give an empty one.");
        var first = new MoveMark(source, MoveStep.Actors, ["", ""]);
        using var batch = database.Source.CreateBatch();
        first.AddTo(batch);
        batch.ExecuteNonQuery();
        return first;
    }

    public Task WriteAsync(IEnumerable<MovedActor> actors, MoveMark mark, CancellationToken cancellationToken) => WriteAsync(
        batch =>
        {
            foreach (var actor in actors)
            {
                batch.Add(AddActor, actor.Key.Kind, Value.Key(actor.Key), actor.Version, actor.Schema, (ReadOnlyMemory<byte>)actor.State, actor.DueAt, actor.Waiting);
            }
        },
        mark,
        cancellationToken);

    public Task WriteAsync(IEnumerable<MovedUpload> uploads, MoveMark mark, CancellationToken cancellationToken) => WriteAsync(
        batch =>
        {
            foreach (var upload in uploads) batch.Add(AddUpload, [.. UploadColumns.Values(upload.Row), upload.EndedAt]);
        },
        mark,
        cancellationToken);

    /// <param name="files">With their bytes where those lie beside the state.</param>
    public Task WriteAsync(IEnumerable<(MovedUpload Upload, FileBytes? Bytes)> files, MoveMark mark, CancellationToken cancellationToken) => WriteAsync(
        batch =>
        {
            foreach (var (upload, bytes) in files)
            {
                var row = upload.Row;
                Value content = bytes is null ? (ReadOnlyMemory<byte>?)null : (Stream)new FileBytesStream(bytes);
                batch.Add(AddFile, row.Id, row.ContactId, row.Size, row.CreatedAt, upload.EndedAt, upload.HasFile ? upload.FileUntil : null, content);
            }
        },
        mark,
        cancellationToken);

    public ValueTask PutBlobAsync(UploadId id, FileBytes bytes, CancellationToken cancellationToken) => blobs!.PutAsync(id, bytes, cancellationToken);

    public ValueTask<FileBytes?> OpenBlobAsync(UploadId id, CancellationToken cancellationToken) => blobs!.OpenAsync(id, cancellationToken);

    /// <summary>What comes in the step itself is in the mark's transaction.</summary>
    public Task FinishAsync(MoveMark mark, long versionFloor, CancellationToken cancellationToken) =>
        WriteAsync(batch => batch.Add("UPDATE gatehouse.version_floors SET version = greatest(version, $1)", versionFloor), mark, cancellationToken);

    public NpgsqlCommand Command(string sql) => database.Source.CreateCommand(sql);

    private async Task WriteAsync(Action<NpgsqlBatch> fill, MoveMark mark, CancellationToken cancellationToken)
    {
        await using var batch = database.Source.CreateBatch();
        batch.Timeout = 0;
        fill(batch);
        mark.AddTo(batch);
        try
        {
            await batch.ExecuteNonQueryAsync(cancellationToken);
        }
        catch (NpgsqlException e)
        {
            throw Calls.Fault(e);
        }
    }

    private static long Number(NpgsqlConnection connection, string sql)
    {
        using var command = new NpgsqlCommand(sql, connection);
        return (long)command.ExecuteScalar()!;
    }
}
