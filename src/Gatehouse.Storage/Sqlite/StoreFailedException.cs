namespace Gatehouse.Storage.Sqlite;

/// <summary>SQLite answered with an error. <see cref="Code"/>: its primary result code (sqlite.org/rescode.html).</summary>
public sealed class StoreFailedException(string message, int code) : Exception(message)
{
    public int Code { get; } = code;

    /// <summary>SQLITE_FULL: the disk has no room left.</summary>
    public bool DiskFull => Code == SQLitePCL.raw.SQLITE_FULL;
}
