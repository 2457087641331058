using SQLitePCL;

namespace Gatehouse.Storage.Sqlite;

/// <summary>One SQLite connection for one thread at a time, spoken to directly: the ADO layer above it costs more than most of our statements do.</summary>
internal sealed class Connection : IDisposable
{
    private readonly sqlite3 _db;
    private readonly List<Statement> _statements = [];

    static Connection() => Batteries_V2.Init();

    public Connection(string path, bool readOnly)
    {
        var flags = readOnly ? raw.SQLITE_OPEN_READONLY : raw.SQLITE_OPEN_READWRITE | raw.SQLITE_OPEN_CREATE;
        // NOMUTEX: its user sees to it that one thread uses it at a time.
        var code = raw.sqlite3_open_v2(path, out _db, flags | raw.SQLITE_OPEN_NOMUTEX, vfs: null);
        if (code == raw.SQLITE_OK) return;
        var failure = Failure(code, $"open {path}");
        _db.Dispose();
        throw failure;
    }

    /// <summary>Rows that the last statement changed.</summary>
    public int Changes => raw.sqlite3_changes(_db);

    public bool InTransaction => raw.sqlite3_get_autocommit(_db) == 0;

    public void Execute(string sql)
    {
        var code = raw.sqlite3_exec(_db, sql);
        if (code != raw.SQLITE_OK) throw Failure(code, sql);
    }

    /// <summary>The statement lives as long as the connection.</summary>
    public Statement Prepare(string sql)
    {
        var code = raw.sqlite3_prepare_v3(_db, sql, raw.SQLITE_PREPARE_PERSISTENT, out var stmt);
        if (code != raw.SQLITE_OK) throw Failure(code, sql);
        var statement = new Statement(this, stmt);
        _statements.Add(statement);
        return statement;
    }

    public long QueryNumber(string sql)
    {
        using var statement = Prepare(sql);
        _statements.Remove(statement);
        return statement.Step() ? statement.Number(0) : 0;
    }

    public StoreFailedException Failure(int code, string doing) =>
        new($"SQLite could not {doing}: {raw.sqlite3_errmsg(_db).utf8_to_string()} (code {raw.sqlite3_extended_errcode(_db)}).", code & 0xFF);

    public void Dispose()
    {
        foreach (var statement in _statements) statement.Dispose();
        _db.Dispose();
    }
}
