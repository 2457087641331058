namespace Gatehouse.Storage.Postgres;

/// <summary>The actors' rows: each statement is one round trip and one transaction. Saving has a file of its own (<see cref="SaveSql"/>).</summary>
internal static class ActorSql
{
    /// <summary>One row even when nothing is stored: the time is always asked for.</summary>
    public const string Load =
        "SELECT gatehouse.clock(), a.version, a.schema, a.state FROM (VALUES (1)) one LEFT JOIN gatehouse.actors a ON a.kind = $1 AND a.key = $2";

    /// <summary>The time is a subquery: a volatile function in its place could not be looked for in the index. Rows that a save or another node holds are somebody's already.</summary>
    public const string TakeDue =
        """
        WITH due AS (
            SELECT key, due_at FROM gatehouse.actors WHERE kind = $1 AND due_at <= (SELECT gatehouse.clock()) ORDER BY due_at LIMIT $2 FOR UPDATE SKIP LOCKED),
        moved AS (
            UPDATE gatehouse.actors a SET due_at = gatehouse.clock() + $3 FROM due WHERE a.kind = $1 AND a.key = due.key RETURNING a.key, due.due_at AS was)
        SELECT key FROM moved ORDER BY was
        """;

    public const string UntilDue = "SELECT due_at - gatehouse.clock() FROM gatehouse.actors WHERE kind = $1 AND due_at IS NOT NULL ORDER BY due_at LIMIT 1";

    /// <summary>What is being saved just now is decided anew by that save.</summary>
    public const string Hasten =
        """
        WITH waiting AS (
            SELECT key FROM gatehouse.actors WHERE kind = $1 AND waiting AND due_at > (SELECT gatehouse.clock()) ORDER BY key FOR UPDATE SKIP LOCKED),
        hastened AS (
            UPDATE gatehouse.actors a SET due_at = gatehouse.clock() FROM waiting WHERE a.kind = $1 AND a.key = waiting.key RETURNING 1)
        SELECT count(*) FROM hastened
        """;

    /// <summary>Unfinished uploads have their file still; those that ended tell when.</summary>
    public const string PullIn =
        """
        WITH late AS (
            SELECT key FROM gatehouse.actors
            WHERE kind = $1 AND due_at > (SELECT gatehouse.clock()) + $2 AND key IN (SELECT contact_id FROM gatehouse.files WHERE ended_at IS NULL AND contact_id IS NOT NULL)
            ORDER BY key FOR UPDATE SKIP LOCKED),
        pulled AS (
            UPDATE gatehouse.actors a SET due_at = gatehouse.clock() FROM late WHERE a.kind = $1 AND a.key = late.key RETURNING 1)
        SELECT count(*) FROM pulled
        """;
}
