using Gatehouse.Storage.Postgres;

namespace Gatehouse.Testing.Postgres;

/// <summary>A database of a test class's own, made when it is first asked for.</summary>
internal sealed class TestDatabase : IDisposable
{
    private static int _made;

    private readonly string _name = $"gatehouse_{Interlocked.Increment(ref _made)}";
    private readonly Lazy<PostgresDatabase> _opened;

    public TestDatabase()
    {
        _opened = new(() => PostgresDatabase.Open(ConnectionString));
        Server.Execute($"CREATE DATABASE {_name}");
    }

    public static PostgresServer Server => PostgresServer.Shared;

    public string Name => _name;

    public string ConnectionString => Server.ConnectionString(_name);

    /// <summary>Opened once, at this release's schema.</summary>
    public PostgresDatabase Opened => _opened.Value;

    public void Execute(string sql) => Server.Execute(sql, _name);

    public T Ask<T>(string sql) => Server.Ask<T>(sql, _name);

    public void Dispose()
    {
        if (_opened.IsValueCreated) _opened.Value.Dispose();
        Server.Execute($"DROP DATABASE {_name} WITH (FORCE)");
    }
}
