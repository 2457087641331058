using System.Security.Cryptography;
using Gatehouse.Actors;
using Gatehouse.Storage.Sqlite;

namespace Gatehouse.Storage.Moving;

/// <summary>The SQLite database of a data folder, whose lock the mover holds: nothing changes while it is read.</summary>
internal sealed class MoveSource : IDisposable
{
    private readonly SqliteStore _store;
    private readonly Connection _connection;
    private readonly Statement _actors;
    private readonly Statement _uploads;
    private readonly Statement _uploadsById;
    private readonly Statement _files;

    public MoveSource(string path, TimeProvider time)
    {
        _store = SqliteStore.OpenEvenIfMoved(path, time);
        _connection = new Connection(path, readOnly: false);
        _connection.Execute($"PRAGMA busy_timeout = 5000; INSERT INTO meta VALUES ('move_id', {RandomNumberGenerator.GetInt32(1, int.MaxValue)}) ON CONFLICT DO NOTHING");
        Id = _connection.QueryNumber("SELECT value FROM meta WHERE name = 'move_id'");
        _actors = _connection.Prepare("SELECT kind, key, version, schema, state, due_at, waiting FROM actors WHERE (kind, key) > (?1, ?2) ORDER BY kind, key LIMIT ?3");
        _uploads = _connection.Prepare($"SELECT {UploadColumns.Names}, ended_at, has_file, seq, file_until FROM uploads WHERE seq > ?1 ORDER BY seq LIMIT ?2");
        _uploadsById = _connection.Prepare($"SELECT {UploadColumns.Names}, ended_at, has_file, seq, file_until FROM uploads WHERE id > ?1 ORDER BY id LIMIT ?2");
        _files = _connection.Prepare($"SELECT {UploadColumns.Names}, ended_at, has_file, seq, file_until FROM uploads WHERE has_file <> 0 AND seq > ?1 ORDER BY seq LIMIT ?2");
    }

    /// <summary>Given at the first try to move it: a target knows by it whose it is.</summary>
    public long Id { get; }

    public long VersionFloor => _connection.QueryNumber("SELECT value FROM meta WHERE name = 'version_floor'");

    public List<MovedActor> Actors(string afterKind, string afterKey, int limit)
    {
        var rows = new List<MovedActor>();
        _actors.Bind(1, afterKind).Bind(2, afterKey).Bind(3, limit);
        while (_actors.Step())
        {
            rows.Add(new MovedActor(
                new ActorKey(_actors.Text(0), _actors.Text(1)), _actors.Number(2), (int)_actors.Number(3), _actors.Bytes(4).ToArray(),
                _actors.MaybeNumber(5) is { } due ? StoreTime.FromMicroseconds(due) : null, _actors.Number(6) == 1));
        }
        return rows;
    }

    public List<MovedUpload> Uploads(long after, int limit) => Read(_uploads.Bind(1, after).Bind(2, limit));

    /// <summary>In the order in which PostgreSQL has them too.</summary>
    public List<MovedUpload> UploadsById(UploadId? after, int limit)
    {
        if (after is not { } last) return Read(_uploadsById.Bind(1, []).Bind(2, limit));
        Span<byte> id = stackalloc byte[16];
        SmallFileStatements.WriteId(last, id);
        return Read(_uploadsById.Bind(1, id).Bind(2, limit));
    }

    /// <summary>Uploads whose bytes are kept.</summary>
    public List<MovedUpload> WithFiles(long after, int limit) => Read(_files.Bind(1, after).Bind(2, limit));

    /// <summary>Null: its bytes are a blob, or gone.</summary>
    public ValueTask<FileBytes?> SmallFileAsync(UploadId id, CancellationToken cancellationToken) => ((ISmallFiles)_store).OpenAsync(id, cancellationToken);

    /// <summary>From now on no process serves from this folder: the uploads are elsewhere.</summary>
    public void MarkMoved() => _connection.Execute("INSERT INTO meta VALUES ('moved', 1) ON CONFLICT DO NOTHING");

    public void Dispose()
    {
        _connection.Dispose();
        _store.Dispose();
    }

    private static List<MovedUpload> Read(Statement statement)
    {
        var rows = new List<MovedUpload>();
        while (statement.Step())
        {
            rows.Add(new MovedUpload(
                UploadColumns.Read(statement), Time(statement, 21), statement.Number(22) != (long)FileState.Gone, statement.Number(23), Time(statement, 24)));
        }
        return rows;
    }

    private static DateTimeOffset? Time(Statement statement, int column) => statement.MaybeNumber(column) is { } time ? StoreTime.FromMicroseconds(time) : null;
}

/// <summary>An actor's row.</summary>
internal sealed record MovedActor(ActorKey Key, long Version, int Schema, byte[] State, DateTimeOffset? DueAt, bool Waiting);

/// <summary>An upload's row.</summary>
/// <param name="Place">In the order in which they were admitted.</param>
/// <param name="FileUntil">Its bytes are kept for a link until then.</param>
internal sealed record MovedUpload(UploadRow Row, DateTimeOffset? EndedAt, bool HasFile, long Place, DateTimeOffset? FileUntil);
