using Gatehouse.Actors;
using Gatehouse.Storage.Sqlite.Segments;

namespace Gatehouse.Storage.Sqlite;

/// <summary>A reading connection with its statements, for one thread at a time.</summary>
internal sealed class Reader : IDisposable
{
    private readonly Connection connection;
    private readonly Statement load;
    private readonly Statement nextDue;
    private readonly Statement find;
    private readonly Statement list;
    private readonly Statement backlog;
    private readonly Statement smallBytes;
    private readonly Statement hasFile;
    private readonly Statement smallFile;
    private readonly Statement inSegment;

    public Reader(string path)
    {
        connection = new Connection(path, readOnly: true);
        connection.Execute("PRAGMA cache_size = -2000; PRAGMA busy_timeout = 5000");
        load = connection.Prepare("SELECT version, schema, state FROM actors WHERE kind = ?1 AND key = ?2");
        nextDue = connection.Prepare("SELECT due_at FROM actors WHERE kind = ?1 AND due_at IS NOT NULL ORDER BY due_at LIMIT 1");
        find = connection.Prepare($"SELECT {UploadColumns.Names} FROM uploads WHERE id = ?1");
        list = connection.Prepare(
            $"SELECT {UploadColumns.Names} FROM uploads WHERE contact_id = ?1 AND (?2 IS NULL OR sequence < (SELECT sequence FROM uploads WHERE id = ?2 AND contact_id = ?1)) ORDER BY sequence DESC LIMIT ?3");
        smallBytes = connection.Prepare("SELECT coalesce(sum(size), 0) FROM uploads WHERE has_file = 1 AND size <= ?1");
        backlog = connection.Prepare(
            "SELECT count(*), count(DISTINCT contact_id), coalesce(sum(size), 0), min(created_at) FROM uploads WHERE has_file = 1 AND ended_at IS NULL");
        hasFile = connection.Prepare("SELECT 1 FROM uploads WHERE id = ?1 AND has_file = 1");
        smallFile = connection.Prepare("SELECT segment, offset, length, bytes FROM small_files WHERE key = ?1 AND id = ?2");
        inSegment = connection.Prepare("SELECT id, offset, length FROM small_files WHERE segment = ?1 ORDER BY offset");
    }

    public StoredActor Load(ActorKey key, DateTimeOffset now)
    {
        if (!load.Bind(1, key.Kind).Bind(2, key.Key).Step()) return new StoredActor(0, 0, default, now);
        var actor = new StoredActor(load.Number(0), (int)load.Number(1), load.Bytes(2).ToArray(), now);
        load.Reset();
        return actor;
    }

    public DateTimeOffset? NextDue(string kind)
    {
        if (!nextDue.Bind(1, kind).Step()) return null;
        var due = StoreTime.FromMicroseconds(nextDue.Number(0));
        nextDue.Reset();
        return due;
    }

    public UploadRow? Find(UploadId id)
    {
        BindId(find, 1, id);
        if (!find.Step()) return null;
        var row = UploadColumns.Read(find);
        find.Reset();
        return row;
    }

    public IReadOnlyList<UploadRow> List(string contactId, UploadId? before, int limit)
    {
        var rows = new List<UploadRow>();
        list.Bind(1, contactId).Bind(2, (long?)null).Bind(3, limit);
        if (before is { } last) BindId(list, 2, last);
        while (list.Step()) rows.Add(UploadColumns.Read(list));
        return rows;
    }

    public Backlog Backlog()
    {
        backlog.Step();
        var oldest = backlog.MaybeNumber(3);
        var result = new Backlog(backlog.Number(0), backlog.Number(1), backlog.Number(2), oldest is { } at ? StoreTime.FromMicroseconds(at) : null);
        backlog.Reset();
        return result;
    }

    public bool HasFile(UploadId id)
    {
        BindId(hasFile, 1, id);
        var found = hasFile.Step();
        hasFile.Reset();
        return found;
    }

    public long SmallBytes(long most)
    {
        smallBytes.Bind(1, most);
        smallBytes.Step();
        var sum = smallBytes.Number(0);
        smallBytes.Reset();
        return sum;
    }

    /// <summary>The file, or the place where it lies, or neither.</summary>
    public (FileBytes? File, SegmentPlace? Place) SmallFile(UploadId id)
    {
        smallFile.Bind(1, SmallFileStatements.KeyOf(id));
        BindId(smallFile, 2, id);
        if (!smallFile.Step()) return default;
        (FileBytes?, SegmentPlace?) found = smallFile.MaybeNumber(0) is { } segment
            ? (null, new SegmentPlace(segment, smallFile.Number(1), (int)smallFile.Number(2)))
            : (new PooledFile(smallFile.Bytes(3)), null);
        smallFile.Reset();
        return found;
    }

    public IReadOnlyList<(UploadId Id, SegmentPlace Place)> InSegment(long segment)
    {
        var found = new List<(UploadId, SegmentPlace)>();
        inSegment.Bind(1, segment);
        while (inSegment.Step()) found.Add((UploadColumns.Id(inSegment, 0), new SegmentPlace(segment, inSegment.Number(1), (int)inSegment.Number(2))));
        return found;
    }

    public void Dispose() => connection.Dispose();

    private static void BindId(Statement statement, int parameter, UploadId id)
    {
        Span<byte> bytes = stackalloc byte[16];
        SmallFileStatements.WriteId(id, bytes);
        statement.Bind(parameter, bytes);
    }
}
