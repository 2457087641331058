using Gatehouse.Storage.Postgres;
using Npgsql;

namespace Gatehouse.Testing.Postgres;

/// <summary>A test class's own database, at this release's schema, emptied for each test.</summary>
public sealed class PostgresFixture : IDisposable
{
    private readonly Lazy<TestDatabase> _database = new(() => new TestDatabase());

    internal TestDatabase Database => _database.Value;

    public PostgresStore Emptied()
    {
        var database = Database.Opened;
        Database.Execute(
            """
            TRUNCATE gatehouse.actors, gatehouse.uploads, gatehouse.files, gatehouse.blobs, gatehouse.blob_parts;
            UPDATE gatehouse.version_floors SET version = 0
            """);
        return new PostgresStore(database);
    }

    /// <summary>Holds an actor's row, as a save does, until disposed.</summary>
    internal async Task<IAsyncDisposable> HoldAsync(string key)
    {
        var connection = new NpgsqlConnection(Database.ConnectionString + ";Pooling=false");
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand($"BEGIN; SELECT FROM gatehouse.actors WHERE key = '{key}' FOR UPDATE", connection);
        await command.ExecuteNonQueryAsync();
        return connection;
    }

    /// <summary>Ends the connection that waits for a lock, once there is one.</summary>
    internal async Task KillWhoWaitsAsync()
    {
        while (Database.Ask<long>("SELECT count(pg_terminate_backend(pid)) FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'") == 0) await Task.Yield();
    }

    public void Dispose()
    {
        if (_database.IsValueCreated) _database.Value.Dispose();
    }
}
