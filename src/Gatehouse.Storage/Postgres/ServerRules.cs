using Npgsql;

namespace Gatehouse.Storage.Postgres;

/// <summary>What the server must be, and what it had better be.</summary>
internal static class ServerRules
{
    /// <summary>The first release whose indexes clean up after rows that change often by themselves (bottom-up deletion).</summary>
    private static readonly Version Oldest = new(14, 0);

    /// <exception cref="DatabaseUnusableException">It is too old, or the database keeps its texts in another encoding than UTF-8.</exception>
    public static void Check(NpgsqlConnection connection)
    {
        if (connection.PostgreSqlVersion < Oldest)
            throw new DatabaseUnusableException($"State:ConnectionString: the server is PostgreSQL {connection.PostgreSqlVersion}; it must be {Oldest.Major} or later.");
        if (connection.PostgresParameters["server_encoding"] is var encoding && !string.Equals(encoding, "UTF8", StringComparison.OrdinalIgnoreCase))
            throw new DatabaseUnusableException($"State:ConnectionString: the database's encoding is {encoding}; it must be UTF8. Make another one with CREATE DATABASE … ENCODING 'UTF8' TEMPLATE template0.");
    }

    public static IReadOnlyList<string> Warnings(NpgsqlConnection connection)
    {
        List<string> warnings = [];
        foreach (var setting in (string[])["synchronous_commit", "fsync", "full_page_writes"])
        {
            using var command = new NpgsqlCommand("SELECT current_setting($1)", connection) { Parameters = { new() { Value = setting } } };
            if (string.Equals((string?)command.ExecuteScalar(), "off", StringComparison.Ordinal))
                warnings.Add($"PostgreSQL runs with {setting} = off: a crash of the server can lose uploads that were answered 200 or 202. Set it to on.");
        }
        return warnings;
    }
}
