namespace Gatehouse.Storage.Postgres;

/// <summary>The uploads' rows and files, as they are looked at and swept.</summary>
internal static class UploadSql
{
    public const string Find = $"SELECT {UploadColumns.Names} FROM gatehouse.uploads WHERE id = $1";

    public const string FindMany = $"SELECT {UploadColumns.Names} FROM gatehouse.uploads WHERE id = ANY($1)";

    public const string List =
        $"SELECT {UploadColumns.Names} FROM gatehouse.uploads WHERE contact_id = $1 AND ($2 IS NULL OR sequence < (SELECT sequence FROM gatehouse.uploads WHERE id = $2 AND contact_id = $1)) ORDER BY sequence DESC LIMIT $3";

    /// <summary>A file without a contact was kept without its upload's row: nothing to count as waiting.</summary>
    public const string Backlog =
        "SELECT count(*), count(DISTINCT contact_id), coalesce(sum(size), 0)::bigint, min(created_at) FROM gatehouse.files WHERE ended_at IS NULL AND contact_id IS NOT NULL";

    /// <summary>Walks from the oldest row, and no further than those created too late to have ended in time. Several nodes that sweep at once take different rows. A row whose file is kept for a link stays.</summary>
    public const string Sweep =
        """
        WITH old AS (
            SELECT id FROM gatehouse.uploads u WHERE created_at < $1 AND ended_at < $1
                AND NOT EXISTS (SELECT FROM gatehouse.files f WHERE f.id = u.id AND f.keep_until IS NOT NULL) ORDER BY created_at LIMIT $2 FOR UPDATE SKIP LOCKED),
        files AS (DELETE FROM gatehouse.files f USING old WHERE f.id = old.id),
        swept AS (DELETE FROM gatehouse.uploads u USING old WHERE u.id = old.id RETURNING 1)
        SELECT count(*) FROM swept
        """;

    public const string DropFailed =
        """
        WITH failed AS (
            SELECT id FROM gatehouse.files WHERE ended_at < $1 AND keep_until IS NULL ORDER BY ended_at LIMIT $2 FOR UPDATE SKIP LOCKED),
        dropped AS (DELETE FROM gatehouse.files f USING failed WHERE f.id = failed.id RETURNING f.id, f.ended_at)
        SELECT id FROM dropped ORDER BY ended_at
        """;

    public const string DropLinked =
        """
        WITH expired AS (
            SELECT id FROM gatehouse.files WHERE keep_until < $1 ORDER BY keep_until LIMIT $2 FOR UPDATE SKIP LOCKED)
        DELETE FROM gatehouse.files f USING expired WHERE f.id = expired.id RETURNING f.id
        """;

    public const string WithFiles = "SELECT id FROM gatehouse.files WHERE id = ANY($1)";

    public const string SmallFile = "SELECT bytes FROM gatehouse.files WHERE id = $1 AND bytes IS NOT NULL";

    public const string SmallBytes = "SELECT coalesce(sum(size), 0)::bigint FROM gatehouse.files WHERE size <= $1";
}
