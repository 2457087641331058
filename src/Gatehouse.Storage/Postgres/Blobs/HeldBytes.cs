using Npgsql;

namespace Gatehouse.Storage.Postgres;

/// <summary>
/// How many bytes the blobs of all nodes hold: counted by the database now and then, and between two counts kept true to what this node does. Asked for before every upload, so it never waits.
/// </summary>
internal sealed class HeldBytes
{
    /// <summary>Other nodes' blobs are seen after this at the latest, once somebody asks. The count reads one small row a blob.</summary>
    private static readonly TimeSpan CountEvery = TimeSpan.FromSeconds(10);

    private readonly NpgsqlDataSource _source;
    private readonly TimeProvider _time;
    private long _bytes;
    private long _countedAt;
    private int _counting;

    public HeldBytes(NpgsqlDataSource source, TimeProvider time)
    {
        (_source, _time) = (source, time);
        using var command = source.CreateCommand(BlobSql.Sum);
        _bytes = (long)command.ExecuteScalar()!;
        _countedAt = time.GetTimestamp();
    }

    public long Bytes
    {
        get
        {
            if (_time.GetElapsedTime(Volatile.Read(ref _countedAt)) >= CountEvery && Interlocked.Exchange(ref _counting, 1) == 0) _ = CountAsync();
            return Volatile.Read(ref _bytes);
        }
    }

    public void Add(long bytes) => Interlocked.Add(ref _bytes, bytes);

    private async Task CountAsync()
    {
        try
        {
            var before = Volatile.Read(ref _bytes);
            var counted = await _source.CreateCommand(BlobSql.Sum).RowAsync(static row => row.GetInt64(0), 0L, CancellationToken.None);
            // What this node did during the count may be in it or not: the next count tells.
            Interlocked.Add(ref _bytes, counted - before);
            Volatile.Write(ref _countedAt, _time.GetTimestamp());
        }
        catch (Gatehouse.Actors.StoreUnavailableException)
        {
            // The last count stands, until somebody asks again.
        }
        catch (ObjectDisposedException)
        {
            // The node stops.
        }
        finally
        {
            Volatile.Write(ref _counting, 0);
        }
    }
}
