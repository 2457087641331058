using System.Runtime.CompilerServices;
using Gatehouse.Actors;
using Npgsql;

namespace Gatehouse.Storage.Postgres;

/// <summary>
/// Notices by NOTIFY, each a statement of its own: in a save's transaction the server would take its saves one after the other. Listening takes a connection of its own for as long as it lasts.
/// </summary>
public sealed class PostgresEndNotices(PostgresDatabase database) : IEndNotices
{
    private const string Channel = "gatehouse_ended";

    private const int IdDigits = 32;

    /// <summary>The server takes fewer than 8,000 bytes a notice.</summary>
    public int MostIds => 200;

    public async ValueTask SendAsync(IReadOnlyCollection<UploadId> ended, CancellationToken cancellationToken)
    {
        if (ended.Count > MostIds) throw new ArgumentException("More ids than a notice holds.", nameof(ended));
        await database.Source.CreateCommand($"SELECT pg_notify('{Channel}', $1)").With(string.Concat(ended)).RowAsync(static _ => true, none: false, cancellationToken);
    }

    public async IAsyncEnumerable<IReadOnlyList<UploadId>> ListenAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await using var connection = database.Listening.CreateConnection();
        await BeginAsync(connection, cancellationToken);
        var heard = new Queue<IReadOnlyList<UploadId>>();
        connection.Notification += (_, notice) => heard.Enqueue(Ids(notice.Payload));
        while (true)
        {
            while (heard.TryDequeue(out var ended)) yield return ended;
            await WaitAsync(connection, cancellationToken);
        }
    }

    private static async ValueTask BeginAsync(NpgsqlConnection connection, CancellationToken cancellationToken)
    {
        try
        {
            await connection.OpenAsync(cancellationToken);
            await using var listen = new NpgsqlCommand($"LISTEN {Channel}", connection);
            await listen.ExecuteNonQueryAsync(cancellationToken);
        }
        catch (NpgsqlException e)
        {
            throw Calls.Fault(e);
        }
    }

    private static async ValueTask WaitAsync(NpgsqlConnection connection, CancellationToken cancellationToken)
    {
        try
        {
            await connection.WaitAsync(cancellationToken);
        }
        catch (NpgsqlException e)
        {
            throw Calls.Fault(e);
        }
    }

    /// <summary>Whatever any role of the database sends on the channel: what is no id is passed over.</summary>
    private static List<UploadId> Ids(string notice)
    {
        var ids = new List<UploadId>(notice.Length / IdDigits);
        for (var at = 0; at + IdDigits <= notice.Length; at += IdDigits)
        {
            if (UploadId.TryParse(notice.Substring(at, IdDigits), out var id)) ids.Add(id);
        }
        return ids;
    }
}
