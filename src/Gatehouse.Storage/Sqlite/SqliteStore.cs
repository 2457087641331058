using Gatehouse.Actors;
using Gatehouse.Storage.Sqlite.Segments;

namespace Gatehouse.Storage.Sqlite;

/// <summary>
/// The default store: one SQLite file, owned by this process. Every save is on disk when it returns (WAL, <c>synchronous=FULL</c>); saves that come at the same time share a commit.
/// Reads run at once, on the caller's thread.
/// </summary>
public sealed partial class SqliteStore : IActorStore, IDisposable
{
    private readonly TimeProvider _time;
    private readonly GroupCommitter _writer;
    private readonly ReaderPool _readers;
    private readonly SegmentLog _segments;
    private readonly SegmentCompactor _compactor;
    private readonly int _rowBytes;

    private SqliteStore(Connection connection, string path, TimeProvider time, SegmentOptions options)
    {
        _time = time;
        _rowBytes = options.RowBytes;
        var folder = Path.Combine(Path.GetDirectoryName(Path.GetFullPath(path))!, "segments");
        _segments = new SegmentLog(new SegmentFolder(folder, options, time.GetUtcNow().ToUnixTimeMilliseconds()), options, SmallFileStatements.LiveBytes(connection));
        _readers = new ReaderPool(path);
        _compactor = new SegmentCompactor(_segments, _readers, work => _writer!.Post(work), options);
        _writer = new GroupCommitter(connection, _segments, _compactor.Start, time);
    }

    /// <summary>Opens, or makes, the database and brings it to this release's schema.</summary>
    /// <exception cref="NewerSchemaException">A newer release wrote it; it is left alone.</exception>
    /// <exception cref="StoreFailedException">It cannot be opened, or is no database.</exception>
    /// <exception cref="StateMovedException">Its uploads were moved to another store.</exception>
    public static SqliteStore Open(string path, TimeProvider time) => Open(path, time, new SegmentOptions());

    internal static SqliteStore OpenEvenIfMoved(string path, TimeProvider time) => Open(path, time, new SegmentOptions(), evenIfMoved: true);

    internal static SqliteStore Open(string path, TimeProvider time, SegmentOptions options, bool evenIfMoved = false)
    {
        var connection = new Connection(path, readOnly: false);
        try
        {
            Schema.Bring(connection, path);
            if (!evenIfMoved && connection.QueryNumber("SELECT count(*) FROM meta WHERE name = 'moved'") > 0) throw new StateMovedException(path);
            connection.Execute("PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA temp_store = MEMORY; PRAGMA cache_size = -16000; PRAGMA busy_timeout = 5000");
            return new SqliteStore(connection, path, time, options);
        }
        catch
        {
            connection.Dispose();
            throw;
        }
    }

    public ValueTask<StoredActor> LoadAsync(ActorKey key, CancellationToken cancellationToken) =>
        new(_readers.Read((key, now: _time.GetUtcNow()), static (reader, asked) => reader.Load(asked.key, asked.now)));

    public ValueTask<SaveOutcome> SaveAsync(ActorSave save, CancellationToken cancellationToken)
    {
        var work = new SaveWork(save, _rowBytes);
        _writer.Post(work);
        return new ValueTask<SaveOutcome>(work.Task);
    }

    public ValueTask<IReadOnlyList<string>> TakeDueAsync(string kind, int limit, TimeSpan moveOn, CancellationToken cancellationToken) =>
        Write(statements => statements.Actors.TakeDue(kind, limit, statements.Now, moveOn));

    public ValueTask<TimeSpan?> UntilDueAsync(string kind, CancellationToken cancellationToken) =>
        new(_readers.Read(kind, static (reader, kind) => reader.NextDue(kind)) - _time.GetUtcNow());

    public ValueTask<int> HastenAsync(string kind, CancellationToken cancellationToken) =>
        Write(statements => statements.Actors.Hasten(kind, statements.Now));

    public ValueTask<int> PullInAsync(string kind, TimeSpan longestWait, CancellationToken cancellationToken) =>
        Write(statements => statements.Actors.PullIn(kind, statements.Now, longestWait));

    /// <summary>Commits made since the store was opened, for metrics: fewer than <see cref="Saves"/> when saves share them.</summary>
    public long Commits => _writer.Commits;

    /// <summary>Bytes that the files of the segments take on disk, for metrics: about twice what lives in them and 64 MB at most.</summary>
    public long SegmentBytes => _segments.FileBytes;

    /// <summary>Saves and other writes committed since the store was opened.</summary>
    public long Saves => _writer.Works;

    /// <summary>
    /// To be called once at start, before the pump: everything due within a claim's lease is due now. This process alone owns the database, so every claim found is a dead one's.
    /// </summary>
    /// <returns>How many actors were made due.</returns>
    public ValueTask<int> ReclaimAtStartAsync(TimeSpan lease) => Write(statements => statements.Actors.Reclaim(statements.Now, lease));

    /// <summary>Commits what was asked before; then everything is in the one file.</summary>
    public void Dispose()
    {
        _compactor.Dispose();
        _readers.Dispose();
        _writer.Dispose();
    }

    private ValueTask<T> Write<T>(Func<WriterStatements, T> write)
    {
        var work = new WriteWork<T>(write);
        _writer.Post(work);
        return new ValueTask<T>(work.Task);
    }
}
