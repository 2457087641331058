namespace Gatehouse.Testing.Postgres;

/// <summary>A test that needs a real PostgreSQL; skipped, and counted as skipped, where none is installed.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class PostgresFactAttribute : FactAttribute
{
    public PostgresFactAttribute() => Skip = PostgresPrograms.Missing;
}
