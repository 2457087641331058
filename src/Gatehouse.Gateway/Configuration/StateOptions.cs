using Gatehouse.Storage.Postgres;

namespace Gatehouse.Gateway.Configuration;

/// <summary>Where actors' state and uploads' rows are kept.</summary>
public sealed record StateOptions
{
    public StateStore Store { get; init; }

    /// <summary>Of the PostgreSQL database; empty for the other stores.</summary>
    public string ConnectionString { get; init; } = "";

    /// <summary>Whether this process alone owns the store, so that claims of any other are dead.</summary>
    public bool SoleOwner => Store != StateStore.Postgres;

    internal static StateOptions Read(KeyReader reader)
    {
        var store = reader.Choice(Keys.StateStore);
        var connectionString = reader.Text(Keys.ConnectionString);
        var postgres = store is "postgres";
        if (!postgres && connectionString.Length > 0) reader.Refuse(Keys.ConnectionString, $"it must be empty while {Keys.StateStore.Name} is {store}");
        if (postgres && ConnectionSettings.Problem(connectionString) is { } problem) reader.Refuse(Keys.ConnectionString, problem);
        return new() { Store = postgres ? StateStore.Postgres : store is "memory" ? StateStore.Memory : StateStore.Sqlite, ConnectionString = connectionString };
    }
}

/// <summary><c>State:Store</c>.</summary>
public enum StateStore
{
    Sqlite,

    /// <summary>Forgets everything with the process.</summary>
    Memory,

    /// <summary>Any number of nodes on one database.</summary>
    Postgres,
}
