using System.Globalization;
using Gatehouse.Actors;
using Npgsql;

namespace Gatehouse.Storage.Postgres;

/// <summary>
/// The database's tables, and the way there from every earlier release's. A step only ever adds (expand), so that nodes of the release before go on beside it; what no release of the last two uses
/// is taken away by a later step (contract), which raises the floor in the same transaction. Times are microseconds since 1970.
/// </summary>
internal static class Schema
{
    public const int Current = 2;

    /// <summary>Nodes that start together bring the schema one after the other. Any fixed number will do; this one is "gate" in ASCII.</summary>
    private const long Turn = 0x67617465;

    /// <summary>Step n takes a database of schema n to n + 1. Once released, a step never changes.</summary>
    internal static readonly IReadOnlyList<Step> Steps =
    [
        new(Floor: 1,
            """
            CREATE TABLE gatehouse.meta (name text PRIMARY KEY, value text NOT NULL);
            INSERT INTO gatehouse.meta VALUES ('schema_version', '0'), ('oldest_schema', '0');

            -- The store's time: every statement asks this one function.
            CREATE FUNCTION gatehouse.clock() RETURNS bigint LANGUAGE sql VOLATILE
                AS 'SELECT (extract(epoch FROM clock_timestamp()) * 1000000)::bigint';

            CREATE TABLE gatehouse.actors (
                kind text COLLATE "C" NOT NULL, key text COLLATE "C" NOT NULL, version bigint NOT NULL, schema int NOT NULL, state bytea NOT NULL,
                due_at bigint, waiting boolean NOT NULL, PRIMARY KEY (kind, key))
                WITH (fillfactor = 85, toast_tuple_target = 4080, autovacuum_vacuum_scale_factor = 0.05);
            -- States and files do not compress: they are mostly hashes, pictures and archives.
            ALTER TABLE gatehouse.actors ALTER state SET STORAGE EXTERNAL;
            CREATE INDEX actors_due ON gatehouse.actors (kind, due_at) WHERE due_at IS NOT NULL;
            CREATE INDEX actors_waiting ON gatehouse.actors (kind) WHERE waiting;

            -- Above every version of a key that was forgotten, by the first byte of the key's hash.
            CREATE TABLE gatehouse.version_floors (bucket int PRIMARY KEY, version bigint NOT NULL) WITH (fillfactor = 50);
            INSERT INTO gatehouse.version_floors SELECT bucket, 0 FROM generate_series(0, 255) bucket;

            CREATE TABLE gatehouse.uploads (
                id uuid PRIMARY KEY, contact_id text COLLATE "C" NOT NULL, conversation_id text, genesys_contact_id text,
                filename text NOT NULL, original_filename text NOT NULL, mime text NOT NULL, charset text, size bigint NOT NULL, sha256 bytea NOT NULL,
                status smallint NOT NULL, flags text NOT NULL, route text NOT NULL, sender_id text, attempts int NOT NULL, sequence bigint NOT NULL,
                created_at bigint NOT NULL, delivered_at bigint, result text, error text, caller text, ended_at bigint)
                WITH (fillfactor = 80, autovacuum_vacuum_scale_factor = 0.05);
            CREATE INDEX uploads_of_contact ON gatehouse.uploads (contact_id, sequence);
            CREATE INDEX uploads_by_age ON gatehouse.uploads (created_at);

            -- One row an upload whose bytes are kept: in it, or as a blob. Few at any time, so the uploads' own rows need no index that changes.
            CREATE TABLE gatehouse.files (
                id uuid PRIMARY KEY, contact_id text COLLATE "C", size bigint NOT NULL, created_at bigint, ended_at bigint, bytes bytea)
                WITH (autovacuum_vacuum_scale_factor = 0.05, toast.autovacuum_vacuum_scale_factor = 0.05);
            ALTER TABLE gatehouse.files ALTER bytes SET STORAGE EXTERNAL;
            CREATE INDEX files_ended ON gatehouse.files (ended_at) WHERE ended_at IS NOT NULL;

            CREATE TABLE gatehouse.blobs (id uuid PRIMARY KEY, size bigint NOT NULL, written_at bigint NOT NULL);
            CREATE TABLE gatehouse.blob_parts (id uuid NOT NULL, part int NOT NULL, bytes bytea NOT NULL, PRIMARY KEY (id, part))
                WITH (autovacuum_vacuum_scale_factor = 0.05, toast.autovacuum_vacuum_scale_factor = 0.05);
            ALTER TABLE gatehouse.blob_parts ALTER bytes SET STORAGE EXTERNAL;
            """),
        new(Floor: 1,
            """
            -- Delivered, and kept for a link that was handed out, until then.
            ALTER TABLE gatehouse.files ADD COLUMN keep_until bigint;
            CREATE INDEX files_for_links ON gatehouse.files (keep_until) WHERE keep_until IS NOT NULL;
            """),
    ];

    /// <exception cref="NewerSchemaException">A newer release no longer lets this one in; the database is left alone.</exception>
    public static void Bring(NpgsqlConnection connection) => Bring(connection, Steps);

    /// <param name="steps">A release's own; tests bring those of a later one.</param>
    internal static void Bring(NpgsqlConnection connection, IReadOnlyList<Step> steps)
    {
        if (Check(Read(connection), steps.Count, connection) >= steps.Count) return;
        using var transaction = connection.BeginTransaction();
        Execute(connection, string.Create(CultureInfo.InvariantCulture, $"SELECT pg_advisory_xact_lock({Turn})"));
        var found = Check(Read(connection), steps.Count, connection);
        if (found == 0 && Number(connection, "SELECT count(*) FROM pg_namespace WHERE nspname = 'gatehouse'") == 0) Execute(connection, "CREATE SCHEMA gatehouse");
        for (var i = found; i < steps.Count; i++)
        {
            Execute(connection, steps[i].Sql);
            Execute(connection, string.Create(
                CultureInfo.InvariantCulture,
                $"UPDATE gatehouse.meta SET value = {i + 1} WHERE name = 'schema_version'; UPDATE gatehouse.meta SET value = greatest(value::int, {steps[i].Floor}) WHERE name = 'oldest_schema'"));
        }
        transaction.Commit();
    }

    /// <summary>Schema and floor; nothing there: 0 and 0.</summary>
    private static (int Schema, int Floor) Read(NpgsqlConnection connection)
    {
        if (Number(connection, "SELECT count(*) FROM pg_tables WHERE schemaname = 'gatehouse' AND tablename = 'meta'") == 0) return default;
        return ((int)Number(connection, "SELECT value::bigint FROM gatehouse.meta WHERE name = 'schema_version'"), (int)Number(connection, "SELECT value::bigint FROM gatehouse.meta WHERE name = 'oldest_schema'"));
    }

    /// <summary>A schema that is ahead is no hindrance while its floor lets this release in: that is how two releases share a database.</summary>
    private static int Check((int Schema, int Floor) found, int known, NpgsqlConnection connection) => found.Floor <= known
        ? found.Schema
        : throw new NewerSchemaException(
            $"The database {connection.Database} has schema {found.Schema} and lets no release in that knows less than {found.Floor}; this one knows up to {known}. Start the newer release, or set State:ConnectionString to another database.");

    private static long Number(NpgsqlConnection connection, string sql)
    {
        using var command = new NpgsqlCommand(sql, connection);
        return (long)command.ExecuteScalar()!;
    }

    private static void Execute(NpgsqlConnection connection, string sql)
    {
        // Another node's step, or one over a large table, takes as long as it takes.
        using var command = new NpgsqlCommand(sql, connection) { CommandTimeout = 0 };
        command.ExecuteNonQuery();
    }

    /// <param name="Floor">The oldest schema that a release may know to go on beside this one.</param>
    internal readonly record struct Step(int Floor, string Sql);
}
