using System.Collections.Concurrent;
using System.Globalization;
using System.Text;

namespace Gatehouse.Storage.Postgres;

/// <summary>
/// The one statement of a save. <c>saved</c> changes the actor's row if its version still holds and yields it; every other part takes its row from there, so after a lost race nothing is written. Where
/// a save says something of several uploads, each has a part of its own. <see cref="SaveCommand"/> gives the parameters in the order in which they stand here.
/// </summary>
internal sealed class SaveSql
{
    /// <summary>Shapes come from what turns record, and few come often; the rest is not worth keeping.</summary>
    private const int MostKept = 256;

    private static readonly ConcurrentDictionary<SaveShape, string> Made = new();

    private readonly StringBuilder _text = new();
    private int _parts;
    private int _parameters;

    private SaveSql(SaveHead head) => _text.Append("WITH saved AS (").Append(Head(head)).Append(')');

    public static string Of(SaveShape shape)
    {
        if (Made.TryGetValue(shape, out var kept)) return kept;
        var sql = Make(shape);
        if (Made.Count < MostKept) Made.TryAdd(shape, sql);
        return sql;
    }

    private static string Make(SaveShape shape)
    {
        var sql = new SaveSql(shape.Head);
        for (var i = 0; i < shape.Added; i++) sql.Part($"INSERT INTO gatehouse.uploads ({UploadColumns.Names}, ended_at) SELECT {sql.Next(UploadColumns.Count + 1)} FROM saved");
        for (var i = 0; i < shape.Files; i++)
        {
            sql.Part($"INSERT INTO gatehouse.files (id, contact_id, size, created_at, ended_at, keep_until, bytes) SELECT {sql.Next(7)} FROM saved ON CONFLICT (id) DO UPDATE SET bytes = excluded.bytes");
        }
        for (var i = 0; i < shape.Moved; i++)
        {
            sql.Part(
                $"UPDATE gatehouse.uploads SET status = {sql.Next()}, attempts = {sql.Next()}, genesys_contact_id = coalesce({sql.Next()}, genesys_contact_id), result = coalesce({sql.Next()}, result), "
                + $"error = coalesce({sql.Next()}, error), delivered_at = coalesce({sql.Next()}, delivered_at), ended_at = {sql.Next()} FROM saved WHERE id = {sql.Next()}");
        }
        for (var i = 0; i < shape.MovedWithFile; i++)
        {
            var endedAt = sql.Next();
            sql.Part($"UPDATE gatehouse.files SET ended_at = {endedAt}, keep_until = {sql.Next()} FROM saved WHERE id = {sql.Next()} AND ended_at IS DISTINCT FROM {endedAt}");
        }
        for (var i = 0; i < shape.Dropped; i++) sql.Part($"DELETE FROM gatehouse.files USING saved WHERE id = {sql.Next()}");
        return sql._text.Append(" SELECT version, gatehouse.clock() FROM saved").ToString();
    }

    /// <summary>
    /// A version is the time of its save, or one more than the last: it rises even if the clock goes back, and what a server that lost its last commits gives out is none that it gave out before. A new
    /// row begins above every version that was forgotten.
    /// </summary>
    private string Head(SaveHead head) => head switch
    {
        SaveHead.Insert =>
            $"""
            INSERT INTO gatehouse.actors (kind, key, schema, state, due_at, waiting, version)
            SELECT {Next(6)}, greatest(gatehouse.clock(), version + 1) FROM gatehouse.version_floors WHERE bucket = {Bucket} ON CONFLICT (kind, key) DO NOTHING RETURNING version
            """,
        SaveHead.Update =>
            $"""
            UPDATE gatehouse.actors SET schema = {Skip(2).Next()}, state = {Next()}, due_at = {Next()}, waiting = {Next()}, version = greatest(gatehouse.clock(), version + 1)
            WHERE kind = $1 AND key = $2 AND version = {Next()} RETURNING version
            """,
        SaveHead.Forget =>
            $"""
            DELETE FROM gatehouse.actors WHERE kind = $1 AND key = $2 AND version = {Skip(2).Next()} RETURNING 0::bigint AS version, version AS forgotten),
            raised AS (UPDATE gatehouse.version_floors f SET version = greatest(f.version, forgotten) FROM saved WHERE bucket = {Bucket}
            """,
        SaveHead.Nothing => $"SELECT 0::bigint AS version WHERE NOT EXISTS (SELECT FROM gatehouse.actors WHERE kind = {Next()} AND key = {Next()})",
        _ => throw new ArgumentOutOfRangeException(nameof(head)),
    };

    private const string Bucket = "get_byte(sha256(convert_to($2, 'UTF8')), 0)";

    private SaveSql Skip(int parameters)
    {
        _parameters += parameters;
        return this;
    }

    private void Part(string part) => _text.Append(CultureInfo.InvariantCulture, $", part{++_parts} AS ({part})");

    private string Next() => string.Create(CultureInfo.InvariantCulture, $"${++_parameters}");

    private string Next(int count) => string.Join(", ", Enumerable.Range(0, count).Select(_ => Next()));
}
