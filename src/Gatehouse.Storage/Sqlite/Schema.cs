using System.Globalization;

namespace Gatehouse.Storage.Sqlite;

/// <summary>The database's tables, and the way there from every earlier release's. Times are microseconds since 1970.</summary>
internal static class Schema
{
    public const int Current = 2;

    /// <summary>Of 4, 8 and 16 KB pages these took the least CPU at 10 KB a file (docs/decisions/store-cpu.md). Fixed when the database is made.</summary>
    private const string PageSize = "PRAGMA page_size = 8192";

    /// <summary>Step n takes a database of schema n to n + 1. Once released, a step never changes.</summary>
    private static readonly string[] Steps =
    [
        """
        CREATE TABLE meta (name TEXT PRIMARY KEY, value INTEGER NOT NULL) WITHOUT ROWID;
        INSERT INTO meta VALUES ('schema_version', 0), ('version_floor', 0);
        CREATE TABLE actors (
            kind TEXT NOT NULL, key TEXT NOT NULL, version INTEGER NOT NULL, schema INTEGER NOT NULL, state BLOB NOT NULL,
            due_at INTEGER, waiting INTEGER NOT NULL, PRIMARY KEY (kind, key)) WITHOUT ROWID;
        CREATE INDEX actors_due ON actors (kind, due_at) WHERE due_at IS NOT NULL;
        CREATE INDEX actors_waiting ON actors (kind) WHERE waiting = 1;
        CREATE TABLE uploads (
            seq INTEGER PRIMARY KEY, id BLOB NOT NULL UNIQUE, contact_id TEXT NOT NULL, conversation_id TEXT, genesys_contact_id TEXT,
            filename TEXT NOT NULL, original_filename TEXT NOT NULL, mime TEXT NOT NULL, charset TEXT, size INTEGER NOT NULL, sha256 BLOB NOT NULL,
            status INTEGER NOT NULL, flags TEXT NOT NULL, route TEXT NOT NULL, sender_id TEXT, attempts INTEGER NOT NULL, sequence INTEGER NOT NULL,
            created_at INTEGER NOT NULL, delivered_at INTEGER, result TEXT, error TEXT, caller TEXT, ended_at INTEGER, has_file INTEGER NOT NULL);
        CREATE INDEX uploads_of_contact ON uploads (contact_id, sequence);
        CREATE INDEX uploads_with_file ON uploads (ended_at, contact_id, size, created_at) WHERE has_file = 1;
        CREATE TABLE small_files (key INTEGER PRIMARY KEY, id BLOB NOT NULL, segment INTEGER, offset INTEGER, length INTEGER NOT NULL, bytes BLOB);
        """,
        // has_file 2: delivered, and kept for a link until file_until; out of the index of those that are waited for.
        """
        ALTER TABLE uploads ADD COLUMN file_until INTEGER;
        CREATE INDEX uploads_for_links ON uploads (file_until, size) WHERE has_file = 2;
        """,
    ];

    /// <exception cref="Gatehouse.Actors.NewerSchemaException">A newer release wrote the database; it is left alone.</exception>
    public static void Bring(Connection db, string path)
    {
        var known = db.QueryNumber("SELECT count(*) FROM sqlite_master WHERE type = 'table' AND name = 'meta'") == 1;
        var found = known ? db.QueryNumber("SELECT value FROM meta WHERE name = 'schema_version'") : 0;
        if (found > Current)
        {
            throw new Gatehouse.Actors.NewerSchemaException(
                $"{path} has schema {found}; this release knows up to {Current}. Start the newer release, or set Data:Directory to another folder.");
        }
        if (found == 0) db.Execute(PageSize);
        for (var step = (int)found; step < Current; step++)
        {
            db.Execute(string.Create(
                CultureInfo.InvariantCulture, $"BEGIN IMMEDIATE; {Steps[step]} UPDATE meta SET value = {step + 1} WHERE name = 'schema_version'; COMMIT"));
        }
    }
}
