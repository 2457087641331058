using Gatehouse.Storage.Memory;

namespace Gatehouse.Actors.Tests.Engine;

public sealed class MemoryEngineProperties : StoredEngineProperties
{
    private protected override int Tries => 30;

    private protected override IActorStore Store() => new MemoryStore(TimeProvider.System);
}

[NeedsPostgres]
public sealed class PostgresEngineProperties(PostgresFixture postgres) : StoredEngineProperties, IClassFixture<PostgresFixture>
{
    private protected override int Tries => 4;

    private protected override IActorStore Store() => postgres.Emptied();
}

[NeedsPostgres]
public sealed class PostgresEngineFaultTests(PostgresFixture postgres) : StoredEngineFaultContract(postgres.Emptied()), IClassFixture<PostgresFixture>;
