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
    private readonly TemporaryFolder folder = new();
    private readonly SqliteStore store;

    public SqliteActorStoreTests() => store = SqliteStore.Open(folder.File("gatehouse.db"), Clock);

    private protected override IActorStore Store => store;

    public void Dispose()
    {
        store.Dispose();
        folder.Dispose();
    }
}

public sealed class SqliteUploadRowsTests : UploadRowsContract, IDisposable
{
    private readonly TemporaryFolder folder = new();
    private readonly SqliteStore store;

    public SqliteUploadRowsTests() => store = SqliteStore.Open(folder.File("gatehouse.db"), Clock);

    private protected override IActorStore Store => store;

    public void Dispose()
    {
        store.Dispose();
        folder.Dispose();
    }
}
