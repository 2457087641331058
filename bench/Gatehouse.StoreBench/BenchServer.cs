using Npgsql;

namespace Gatehouse.StoreBench;

/// <summary>The PostgreSQL server beside its stores: filled before, and asked afterwards what it did.</summary>
internal sealed class BenchServer(string connectionString)
{
    /// <summary>As many contacts as asked, each with 1 KB of state, in no order; what else was there goes.</summary>
    public void Fill(int contacts)
    {
        Execute("TRUNCATE gatehouse.actors, gatehouse.uploads, gatehouse.files, gatehouse.blobs, gatehouse.blob_parts");
        Execute(
            $"""
            INSERT INTO gatehouse.actors (kind, key, version, schema, state, due_at, waiting)
            SELECT 'contact', 'contact-' || lpad(to_hex(n), 8, '0') || '-0000-0000-0000-000000000000', 1, 1, decode(repeat('00', 1024), 'hex'), gatehouse.clock() + 86400000000, false
            FROM generate_series(0, {contacts - 1}) n ORDER BY random()
            """);
        Execute("VACUUM ANALYZE gatehouse.actors");
        Execute("CHECKPOINT");
    }

    /// <summary>Statements about contacts, uploads and files, by <c>pg_stat_statements</c>; null where that is not loaded.</summary>
    public long? Statements() =>
        Ask("SELECT count(*) FROM pg_extension WHERE extname = 'pg_stat_statements'") is 0
            ? null
            : Ask("SELECT coalesce(sum(calls), 0)::bigint FROM pg_stat_statements s JOIN pg_database d ON d.oid = s.dbid WHERE d.datname = current_database() AND query LIKE '%gatehouse.%' AND query NOT LIKE '%blob%'");

    /// <summary>Bytes of the write-ahead log so far.</summary>
    public long Wal() => Ask("SELECT pg_wal_lsn_diff(pg_current_wal_insert_lsn(), '0/0')::bigint")!.Value;

    private long? Ask(string sql)
    {
        using var connection = new NpgsqlConnection(connectionString);
        connection.Open();
        using var command = new NpgsqlCommand(sql, connection);
        return (long?)command.ExecuteScalar();
    }

    private void Execute(string sql)
    {
        using var connection = new NpgsqlConnection(connectionString);
        connection.Open();
        using var command = new NpgsqlCommand(sql, connection) { CommandTimeout = 0 };
        command.ExecuteNonQuery();
    }
}
