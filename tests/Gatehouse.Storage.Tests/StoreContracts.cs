using Gatehouse.Actors;
using Gatehouse.Storage.Memory;
using Gatehouse.Storage.Sqlite;

namespace Gatehouse.Storage.Tests;

public sealed class MemoryActorStoreTests : ActorStoreContract
{
    public MemoryActorStoreTests() => Store = new MemoryStore(Clock);

    private protected override IActorStore Store { get; }
}

public sealed class MemoryUploadRowsTests : UploadRowsContract
{
    public MemoryUploadRowsTests() => Store = new MemoryStore(Clock);

    private protected override IActorStore Store { get; }
}

public sealed class SqliteActorStoreTests : ActorStoreContract, IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly SqliteStore _store;

    public SqliteActorStoreTests() => _store = SqliteStore.Open(_folder.File("gatehouse.db"), Clock);

    private protected override IActorStore Store => _store;

    public void Dispose()
    {
        _store.Dispose();
        _folder.Dispose();
    }
}

public sealed class SqliteUploadRowsTests : UploadRowsContract, IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly SqliteStore _store;

    public SqliteUploadRowsTests() => _store = SqliteStore.Open(_folder.File("gatehouse.db"), Clock);

    private protected override IActorStore Store => _store;

    public void Dispose()
    {
        _store.Dispose();
        _folder.Dispose();
    }
}
