using SQLitePCL;

namespace Gatehouse.Storage.Sqlite;

/// <summary>A prepared statement, used again and again. Parameters and columns are bound and read by position; parameters count from 1, columns from 0.</summary>
internal sealed class Statement(Connection connection, sqlite3_stmt stmt) : IDisposable
{
    public Statement Bind(int parameter, long? value)
    {
        Check(value is { } number ? raw.sqlite3_bind_int64(stmt, parameter, number) : raw.sqlite3_bind_null(stmt, parameter));
        return this;
    }

    public Statement Bind(int parameter, string? value)
    {
        Check(value is null ? raw.sqlite3_bind_null(stmt, parameter) : raw.sqlite3_bind_text(stmt, parameter, value));
        return this;
    }

    public Statement Bind(int parameter, ReadOnlySpan<byte> value)
    {
        Check(value.IsEmpty ? raw.sqlite3_bind_zeroblob(stmt, parameter, 0) : raw.sqlite3_bind_blob(stmt, parameter, value));
        return this;
    }

    /// <summary>True: a row is there. False: done, and ready for the next use.</summary>
    public bool Step()
    {
        var code = raw.sqlite3_step(stmt);
        if (code == raw.SQLITE_ROW) return true;
        var failure = code == raw.SQLITE_DONE ? null : connection.Failure(code, "run a statement");
        Reset();
        return failure is null ? false : throw failure;
    }

    /// <summary>Runs it to its end. Returns how many rows it changed.</summary>
    public int Run()
    {
        while (Step())
        {
        }
        return connection.Changes;
    }

    /// <summary>Ends a read before its last row; every row that was stepped to ends by this or by a <see cref="Step"/> that returns false.</summary>
    public void Reset() => raw.sqlite3_reset(stmt);

    public long Number(int column) => raw.sqlite3_column_int64(stmt, column);

    public long? MaybeNumber(int column) => IsNull(column) ? null : Number(column);

    public string Text(int column) => raw.sqlite3_column_text(stmt, column).utf8_to_string();

    public string? MaybeText(int column) => IsNull(column) ? null : Text(column);

    /// <summary>Valid until the next step or reset.</summary>
    public ReadOnlySpan<byte> Bytes(int column) => raw.sqlite3_column_blob(stmt, column);

    public void Dispose() => stmt.Dispose();

    private bool IsNull(int column) => raw.sqlite3_column_type(stmt, column) == raw.SQLITE_NULL;

    private void Check(int code)
    {
        if (code != raw.SQLITE_OK) throw connection.Failure(code, "bind a parameter");
    }
}
