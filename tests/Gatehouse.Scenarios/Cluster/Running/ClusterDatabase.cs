using Gatehouse.Scenarios.Killing;
using Gatehouse.Testing.Postgres;
using Npgsql;

namespace Gatehouse.Scenarios.Cluster.Running;

/// <summary>The nodes' PostgreSQL: a server of the run's own, which it may stop, crash and cut off.</summary>
internal sealed class ClusterDatabase : IDisposable
{
    private const string Name = "gatehouse_cluster";

    private readonly PostgresServer _server = PostgresServer.StartOwn();

    public ClusterDatabase() => _server.Execute($"CREATE DATABASE {Name}");

    /// <param name="way">Null: straight to the server.</param>
    public string ConnectionString(Wire? way) => _server.ConnectionString(Name, way?.Port);

    /// <summary>A way to the server that can be cut.</summary>
    public Wire NewWay() => new(_server.Port);

    /// <param name="mode">As <c>pg_ctl stop</c> knows it: <c>fast</c> in order, <c>immediate</c> as in a crash.</param>
    /// <param name="down">For how long there is none.</param>
    public async Task RestartAsync(string mode, TimeSpan down)
    {
        await Task.Run(() => _server.Stop(mode));
        await Lull.OfAsync(down);
        await Task.Run(_server.Start);
    }

    /// <summary>Every connection but this one's own.</summary>
    public void CutConnections() => _server.Execute($"SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '{Name}' AND pid <> pg_backend_pid()");

    /// <summary>From now on every claim is written down, in the transaction that makes it.</summary>
    public void WatchClaims() => _server.Execute(
        """
        CREATE TABLE claims (contact text NOT NULL, at timestamptz NOT NULL);
        CREATE FUNCTION note_claim() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN INSERT INTO claims VALUES (NEW.contact_id, clock_timestamp()); RETURN NULL; END $$;
        CREATE TRIGGER note_claim AFTER INSERT OR UPDATE ON gatehouse.uploads FOR EACH ROW WHEN (NEW.status = 1) EXECUTE FUNCTION note_claim();
        """, Name);

    /// <summary>In order.</summary>
    public IReadOnlyList<(string Contact, DateTimeOffset At)> Claims()
    {
        using var connection = new NpgsqlConnection(_server.ConnectionString(Name) + ";Pooling=false");
        connection.Open();
        using var command = new NpgsqlCommand("SELECT contact, at FROM claims ORDER BY at", connection);
        using var rows = command.ExecuteReader();
        List<(string, DateTimeOffset)> claims = [];
        while (rows.Read()) claims.Add((rows.GetString(0), rows.GetFieldValue<DateTimeOffset>(1)));
        return claims;
    }

    public void Dispose() => _server.Dispose();
}
