using Gatehouse.Actors;
using Gatehouse.Storage.Moving;
using Npgsql;

namespace Gatehouse.Storage.Postgres;

/// <summary>One PostgreSQL database and this process's pool of connections to it: the stores that live there share it.</summary>
public sealed class PostgresDatabase : IDisposable
{
    /// <summary>For a connection that waits for minutes: a message each, or a broken way would go unnoticed.</summary>
    private const int KeepAliveSeconds = 15;

    private PostgresDatabase(NpgsqlConnectionStringBuilder settings)
    {
        Source = NpgsqlDataSource.Create(settings);
        Listening = NpgsqlDataSource.Create(new NpgsqlConnectionStringBuilder(settings.ConnectionString) { Pooling = false, KeepAlive = KeepAliveSeconds });
    }

    /// <summary>What is allowed, but what an operator must know: one sentence each.</summary>
    public IReadOnlyList<string> Warnings { get; private set; } = [];

    internal NpgsqlDataSource Source { get; }

    /// <summary>For connections that stay open, beside the pool.</summary>
    internal NpgsqlDataSource Listening { get; }

    /// <summary>Connects, and brings the database to this release's schema.</summary>
    /// <exception cref="NewerSchemaException">A newer release no longer lets this one in; the database is left alone.</exception>
    /// <exception cref="DatabaseUnusableException">It cannot be reached or used. The message is fit to be shown.</exception>
    public static PostgresDatabase Open(string connectionString) => Open(ConnectionSettings.Read(connectionString), Serving);

    /// <summary>As <see cref="Open(string)"/>, while uploads are still being moved into it.</summary>
    internal static PostgresDatabase OpenForMove(string connectionString)
    {
        var settings = ConnectionSettings.Read(connectionString);
        settings.ApplicationName = "gatehouse move-state";
        return Open(settings, static _ => { });
    }

    private static PostgresDatabase Open(NpgsqlConnectionStringBuilder settings, Action<NpgsqlConnection> check)
    {
        var database = new PostgresDatabase(settings);
        try
        {
            using var connection = database.Source.OpenConnection();
            ServerRules.Check(connection);
            database.Warnings = ServerRules.Warnings(connection);
            Schema.Bring(connection);
            check(connection);
            return database;
        }
        catch (NpgsqlException e)
        {
            database.Dispose();
            throw new DatabaseUnusableException($"State:ConnectionString: the database {settings.Database ?? settings.Username} on {settings.Host} cannot be used: {Reason(e)}", e);
        }
        catch
        {
            database.Dispose();
            throw;
        }
    }

    public void Dispose()
    {
        Source.Dispose();
        Listening.Dispose();
    }

    private static void Serving(NpgsqlConnection connection)
    {
        if (MoveMark.Read(connection) is { Step: not MoveStep.Finished })
            throw new DatabaseUnusableException($"State:ConnectionString: uploads are being moved into the database {connection.Database}: run move-state to its end first.");
    }

    private static string Reason(NpgsqlException e)
    {
        var why = e is PostgresException said ? said.MessageText : e.InnerException?.Message ?? e.Message;
        return why.TrimEnd('.') + ".";
    }
}

/// <summary>The database cannot be reached or used; the message is one sentence for the operator.</summary>
public sealed class DatabaseUnusableException(string message, Exception? innerException = null) : Exception(message, innerException);
