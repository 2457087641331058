using Gatehouse.Storage.Memory;
using Gatehouse.Storage.Postgres;

namespace Gatehouse.Silo.Tests.Clusters;

public sealed class MemoryOneLineTests() : OneLineContract<MemoryStore>(new MemoryStore(TimeProvider.System));

public sealed class MemoryFailureTests() : FailureContract<MemoryStore>(new MemoryStore(TimeProvider.System));

[NeedsPostgres]
public sealed class PostgresOneLineTests(PostgresFixture postgres) : OneLineContract<PostgresStore>(postgres.Emptied()), IClassFixture<PostgresFixture>;

[NeedsPostgres]
public sealed class PostgresFailureTests(PostgresFixture postgres) : FailureContract<PostgresStore>(postgres.Emptied()), IClassFixture<PostgresFixture>;
