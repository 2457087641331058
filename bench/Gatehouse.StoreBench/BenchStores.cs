using Gatehouse.Actors;
using Gatehouse.Storage;
using Gatehouse.Storage.Postgres;
using Gatehouse.Storage.Sqlite;

namespace Gatehouse.StoreBench;

/// <summary>The stores under test, on a fresh folder or an emptied database.</summary>
internal sealed class BenchStores : IDisposable
{
    private readonly string _root;
    private readonly DataFolder _folder;
    private readonly SqliteStore? _sqlite;
    private readonly PostgresDatabase? _database;
    private readonly DiskBlobStore _disk;

    public BenchStores(BenchOptions options)
    {
        _root = options.Folder;
        _folder = DataFolder.Open(_root);
        Spool = new Spool(_folder.SpoolPath, _folder.SparePath);
        Blobs = _disk = new DiskBlobStore(_folder.BlobsPath, Spool);
        if (options.Postgres)
        {
            _database = PostgresDatabase.Open(options.ConnectionString);
            Server = new BenchServer(options.ConnectionString);
            Server.Fill(options.Contacts);
            Store = new MeasuredStore(new PostgresStore(_database));
            if (options.PostgresBlobs) Blobs = new PostgresBlobStore(_database, Spool, TimeProvider.System);
            return;
        }
        _sqlite = SqliteStore.Open(_folder.DatabasePath, TimeProvider.System);
        Store = new MeasuredStore(_sqlite);
    }

    public Spool Spool { get; }

    public MeasuredStore Store { get; }

    public IBlobStore Blobs { get; }

    public BenchServer? Server { get; }

    public string Commits => _sqlite is null ? "" : $", {_sqlite.Commits} commits for {_sqlite.Saves} saves";

    public void Dispose()
    {
        _disk.Dispose();
        _sqlite?.Dispose();
        _database?.Dispose();
        _folder.Dispose();
        Directory.Delete(_root, recursive: true);
    }
}
