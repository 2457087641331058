using System.Text.Json;
using Gatehouse.Storage.Postgres;
using Npgsql;

namespace Gatehouse.Storage.Moving;

/// <summary>How far a move into a database has come; kept there, and written with what it tells of.</summary>
/// <param name="Source">The id of the folder that is moved.</param>
/// <param name="Position">The last row written in this step.</param>
internal sealed record MoveMark(long Source, MoveStep Step, IReadOnlyList<string> Position)
{
    private const string ReadSql = "SELECT value FROM gatehouse.meta WHERE name = 'move'";

    private const string WriteSql = "INSERT INTO gatehouse.meta (name, value) VALUES ('move', $1) ON CONFLICT (name) DO UPDATE SET value = excluded.value";

    public static MoveMark? Read(NpgsqlConnection connection)
    {
        using var command = new NpgsqlCommand(ReadSql, connection);
        return command.ExecuteScalar() is string text ? JsonSerializer.Deserialize<MoveMark>(text) : null;
    }

    public void AddTo(NpgsqlBatch batch) => batch.Add(WriteSql, JsonSerializer.Serialize(this));
}

/// <summary>A move's steps, in their order.</summary>
internal enum MoveStep
{
    Actors,
    Uploads,
    Files,
    Finished,
}
