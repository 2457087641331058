using Gatehouse.Actors;

namespace Gatehouse.Storage.Postgres;

/// <summary>
/// The store of many nodes: rows of one PostgreSQL database, each load and each save one statement, which is one round trip and one transaction. The row's version is what lets one of two nodes
/// win; the time is the server's.
/// </summary>
public sealed partial class PostgresStore(PostgresDatabase database) : IActorStore
{
    public ValueTask<StoredActor> LoadAsync(ActorKey key, CancellationToken cancellationToken) =>
        Command(ActorSql.Load).With(key.Kind, Value.Key(key)).RowAsync(
            static row =>
            {
                var now = StoreTime.FromMicroseconds(row.GetInt64(0));
                return row.IsDBNull(1) ? new StoredActor(0, 0, default, now) : new StoredActor(row.GetInt64(1), row.GetInt32(2), row.GetFieldValue<byte[]>(3), now);
            },
            none: null!,
            cancellationToken);

    public async ValueTask<SaveOutcome> SaveAsync(ActorSave save, CancellationToken cancellationToken)
    {
        using var command = new SaveCommand(database.Source, save);
        return await command.Command.RowAsync(
            static row => new SaveOutcome(Saved: true, row.GetInt64(0), StoreTime.FromMicroseconds(row.GetInt64(1))), SaveOutcome.Conflict, cancellationToken);
    }

    public async ValueTask<IReadOnlyList<string>> TakeDueAsync(string kind, int limit, TimeSpan moveOn, CancellationToken cancellationToken) =>
        await Command(ActorSql.TakeDue).With(kind, limit, moveOn.Ticks / TimeSpan.TicksPerMicrosecond).RowsAsync(static row => row.GetString(0), cancellationToken);

    public ValueTask<TimeSpan?> UntilDueAsync(string kind, CancellationToken cancellationToken) =>
        Command(ActorSql.UntilDue).With(kind).RowAsync(static row => TimeSpan.FromMicroseconds(row.GetInt64(0)), (TimeSpan?)null, cancellationToken);

    public ValueTask<int> HastenAsync(string kind, CancellationToken cancellationToken) =>
        Command(ActorSql.Hasten).With(kind).RowAsync(static row => (int)row.GetInt64(0), 0, cancellationToken);

    public ValueTask<int> PullInAsync(string kind, TimeSpan longestWait, CancellationToken cancellationToken) =>
        Command(ActorSql.PullIn).With(kind, longestWait.Ticks / TimeSpan.TicksPerMicrosecond).RowAsync(static row => (int)row.GetInt64(0), 0, cancellationToken);

    private Npgsql.NpgsqlCommand Command(string sql) => database.Source.CreateCommand(sql);
}
