namespace Gatehouse.Storage.Sqlite;

/// <summary>The writer's prepared statements, and the store's clock.</summary>
internal sealed class WriterStatements(Connection connection, TimeProvider time)
{
    public Statement Begin { get; } = connection.Prepare("BEGIN IMMEDIATE");

    public Statement Commit { get; } = connection.Prepare("COMMIT");

    public ActorStatements Actors { get; } = new(connection);

    public UploadStatements Uploads { get; } = new(connection);

    public SmallFileStatements SmallFiles { get; } = new(connection);

    public DateTimeOffset Now => time.GetUtcNow();

    /// <summary>SQLite rolls some failed transactions back by itself; then there is nothing left to do here.</summary>
    public void RollBack()
    {
        if (connection.InTransaction) connection.Execute("ROLLBACK");
    }
}
