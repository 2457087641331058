namespace Gatehouse.Storage.Postgres;

/// <summary>Blobs: a row each, and their bytes in rows of <see cref="PartBytes"/>.</summary>
internal static class BlobSql
{
    /// <summary>
    /// Half of what delivery reads at a time, so that no read takes a part in two. Larger ones cost a read four times the server's CPU: it takes memory beyond 128 KB from the system each time. The
    /// figures are in docs/decisions/postgres-blobs.md.
    /// </summary>
    public const int PartBytes = 128 * 1024;

    public const string Delete = "WITH gone AS (DELETE FROM gatehouse.blobs WHERE id = $1 RETURNING size), parts AS (DELETE FROM gatehouse.blob_parts WHERE id = $1) SELECT size FROM gone";

    public const string Add = "INSERT INTO gatehouse.blobs (id, size, written_at) VALUES ($1, $2, gatehouse.clock())";

    public const string AddPart = "INSERT INTO gatehouse.blob_parts (id, part, bytes) VALUES ($1, $2, $3)";

    public const string Size = "SELECT size FROM gatehouse.blobs WHERE id = $1";

    /// <summary>Of the first part only what lies after <c>$4</c>: parts are kept as they are, so the server reads no more of it than that.</summary>
    public const string Parts =
        "SELECT CASE WHEN part = $2 AND $4 > 0 THEN substring(bytes FROM $4 + 1) ELSE bytes END FROM gatehouse.blob_parts WHERE id = $1 AND part BETWEEN $2 AND $3 ORDER BY part";

    public const string WrittenBefore = "SELECT id FROM gatehouse.blobs WHERE written_at < $1";

    public const string Sum = "SELECT coalesce(sum(size), 0)::bigint FROM gatehouse.blobs";
}
