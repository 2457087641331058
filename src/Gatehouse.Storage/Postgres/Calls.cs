using Gatehouse.Actors;
using Npgsql;

namespace Gatehouse.Storage.Postgres;

/// <summary>Runs one statement in one round trip. A fault of the server or of the way there is one exception: what became of a write is then unknown.</summary>
internal static class Calls
{
    /// <summary>Reads every row. A write has happened when this returns: PostgreSQL commits after the last row, so only the end of its answer tells.</summary>
    public static async ValueTask<List<T>> RowsAsync<T>(this NpgsqlCommand command, Func<NpgsqlDataReader, T> read, CancellationToken cancellationToken)
    {
        await using var owned = command;
        try
        {
            await using var reader = await command.ExecuteReaderAsync(cancellationToken);
            var rows = new List<T>();
            while (await reader.ReadAsync(cancellationToken)) rows.Add(read(reader));
            await reader.NextResultAsync(cancellationToken);
            return rows;
        }
        catch (NpgsqlException e)
        {
            throw Fault(e);
        }
    }

    /// <summary>Hands every row over as it comes, for more than fit in memory, and as long as that takes.</summary>
    public static async ValueTask EachAsync(this NpgsqlCommand command, Action<NpgsqlDataReader> read, CancellationToken cancellationToken)
    {
        await using var owned = command;
        command.CommandTimeout = 0;
        try
        {
            await using var reader = await command.ExecuteReaderAsync(cancellationToken);
            while (await reader.ReadAsync(cancellationToken)) read(reader);
        }
        catch (NpgsqlException e)
        {
            throw Fault(e);
        }
    }

    public static DateTimeOffset? MaybeTime(this NpgsqlDataReader row, int column) => row.IsDBNull(column) ? null : StoreTime.FromMicroseconds(row.GetInt64(column));

    /// <summary>The only row, or what <paramref name="none"/> says; ended as <see cref="RowsAsync"/>.</summary>
    public static async ValueTask<T> RowAsync<T>(this NpgsqlCommand command, Func<NpgsqlDataReader, T> read, T none, CancellationToken cancellationToken)
    {
        await using var owned = command;
        try
        {
            await using var reader = await command.ExecuteReaderAsync(cancellationToken);
            var row = await reader.ReadAsync(cancellationToken) ? read(reader) : none;
            await reader.NextResultAsync(cancellationToken);
            return row;
        }
        catch (NpgsqlException e)
        {
            throw Fault(e);
        }
    }

    public static StoreUnavailableException Fault(NpgsqlException e) => new($"PostgreSQL could not do it: {(e is PostgresException said ? $"{said.MessageText} ({said.SqlState})" : e.Message)}", e);
}
