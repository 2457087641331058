using Gatehouse.Actors;
using Gatehouse.Storage.Sqlite.Segments;

namespace Gatehouse.Storage.Sqlite;

/// <summary>A reading connection with its statements, for one thread at a time.</summary>
internal sealed class Reader : IDisposable
{
    private readonly Connection _connection;
    private readonly Statement _load;
    private readonly Statement _nextDue;
    private readonly Statement _find;
    private readonly Statement _list;
    private readonly Statement _backlog;
    private readonly Statement _smallBytes;
    private readonly Statement _hasFile;
    private readonly Statement _smallFile;
    private readonly Statement _inSegment;

    public Reader(string path)
    {
        _connection = new Connection(path, readOnly: true);
        _connection.Execute("PRAGMA cache_size = -2000; PRAGMA busy_timeout = 5000");
        _load = _connection.Prepare("SELECT version, schema, state FROM actors WHERE kind = ?1 AND key = ?2");
        _nextDue = _connection.Prepare("SELECT due_at FROM actors WHERE kind = ?1 AND due_at IS NOT NULL ORDER BY due_at LIMIT 1");
        _find = _connection.Prepare($"SELECT {UploadColumns.Names} FROM uploads WHERE id = ?1");
        _list = _connection.Prepare(
            $"SELECT {UploadColumns.Names} FROM uploads WHERE contact_id = ?1 AND (?2 IS NULL OR sequence < (SELECT sequence FROM uploads WHERE id = ?2 AND contact_id = ?1)) ORDER BY sequence DESC LIMIT ?3");
        _smallBytes = _connection.Prepare(
            "SELECT coalesce((SELECT sum(size) FROM uploads WHERE has_file = 1 AND size <= ?1), 0) + coalesce((SELECT sum(size) FROM uploads WHERE has_file = 2 AND size <= ?1), 0)");
        _backlog = _connection.Prepare(
            "SELECT count(*), count(DISTINCT contact_id), coalesce(sum(size), 0), min(created_at) FROM uploads WHERE has_file = 1 AND ended_at IS NULL");
        _hasFile = _connection.Prepare("SELECT 1 FROM uploads WHERE id = ?1 AND has_file <> 0");
        _smallFile = _connection.Prepare("SELECT segment, offset, length, bytes FROM small_files WHERE key = ?1 AND id = ?2");
        _inSegment = _connection.Prepare("SELECT id, offset, length FROM small_files WHERE segment = ?1 ORDER BY offset");
    }

    public StoredActor Load(ActorKey key, DateTimeOffset now)
    {
        if (!_load.Bind(1, key.Kind).Bind(2, key.Key).Step()) return new StoredActor(0, 0, default, now);
        var actor = new StoredActor(_load.Number(0), (int)_load.Number(1), _load.Bytes(2).ToArray(), now);
        _load.Reset();
        return actor;
    }

    public DateTimeOffset? NextDue(string kind)
    {
        if (!_nextDue.Bind(1, kind).Step()) return null;
        var due = StoreTime.FromMicroseconds(_nextDue.Number(0));
        _nextDue.Reset();
        return due;
    }

    public UploadRow? Find(UploadId id)
    {
        BindId(_find, 1, id);
        if (!_find.Step()) return null;
        var row = UploadColumns.Read(_find);
        _find.Reset();
        return row;
    }

    public IReadOnlyList<UploadRow> List(string contactId, UploadId? before, int limit)
    {
        var rows = new List<UploadRow>();
        _list.Bind(1, contactId).Bind(2, (long?)null).Bind(3, limit);
        if (before is { } last) BindId(_list, 2, last);
        while (_list.Step()) rows.Add(UploadColumns.Read(_list));
        return rows;
    }

    public Backlog Backlog()
    {
        _backlog.Step();
        var oldest = _backlog.MaybeNumber(3);
        var result = new Backlog(_backlog.Number(0), _backlog.Number(1), _backlog.Number(2), oldest is { } at ? StoreTime.FromMicroseconds(at) : null);
        _backlog.Reset();
        return result;
    }

    public bool HasFile(UploadId id)
    {
        BindId(_hasFile, 1, id);
        var found = _hasFile.Step();
        _hasFile.Reset();
        return found;
    }

    public long SmallBytes(long most)
    {
        _smallBytes.Bind(1, most);
        _smallBytes.Step();
        var sum = _smallBytes.Number(0);
        _smallBytes.Reset();
        return sum;
    }

    /// <summary>The file, or the place where it lies, or neither.</summary>
    public (FileBytes? File, SegmentPlace? Place) SmallFile(UploadId id)
    {
        _smallFile.Bind(1, SmallFileStatements.KeyOf(id));
        BindId(_smallFile, 2, id);
        if (!_smallFile.Step()) return default;
        (FileBytes?, SegmentPlace?) found = _smallFile.MaybeNumber(0) is { } segment
            ? (null, new SegmentPlace(segment, _smallFile.Number(1), (int)_smallFile.Number(2)))
            : (new PooledFile(_smallFile.Bytes(3)), null);
        _smallFile.Reset();
        return found;
    }

    public IReadOnlyList<(UploadId Id, SegmentPlace Place)> InSegment(long segment)
    {
        var found = new List<(UploadId, SegmentPlace)>();
        _inSegment.Bind(1, segment);
        while (_inSegment.Step()) found.Add((UploadColumns.Id(_inSegment, 0), new SegmentPlace(segment, _inSegment.Number(1), (int)_inSegment.Number(2))));
        return found;
    }

    public void Dispose() => _connection.Dispose();

    private static void BindId(Statement statement, int parameter, UploadId id)
    {
        Span<byte> bytes = stackalloc byte[16];
        SmallFileStatements.WriteId(id, bytes);
        statement.Bind(parameter, bytes);
    }
}
