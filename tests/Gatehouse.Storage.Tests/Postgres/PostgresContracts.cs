using Gatehouse.Actors;

namespace Gatehouse.Storage.Tests.Postgres;

[NeedsPostgres]
public sealed class PostgresActorStoreTests : ActorStoreContract, IClassFixture<PostgresFixture>
{
    public PostgresActorStoreTests(PostgresFixture postgres)
    {
        Store = postgres.Emptied();
        postgres.Follow(Clock);
    }

    private protected override IActorStore Store { get; }
}

[NeedsPostgres]
public sealed class PostgresUploadRowsTests : UploadRowsContract, IClassFixture<PostgresFixture>
{
    public PostgresUploadRowsTests(PostgresFixture postgres)
    {
        Store = postgres.Emptied();
        postgres.Follow(Clock);
    }

    private protected override IActorStore Store { get; }
}
