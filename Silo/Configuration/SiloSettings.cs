using Gatehouse.Gateway.Configuration;

namespace Gatehouse.Silo.Configuration;

/// <summary>The section <c>Silo</c>, checked.</summary>
public sealed record SiloSettings
{
    public SiloRole Role { get; init; }

    /// <summary>The membership table is in PostgreSQL; else the silos are all on this machine.</summary>
    public bool OnPostgres { get; init; }

    public string ConnectionString { get; init; } = "";
    public string ClusterId { get; init; } = SiloKeys.ClusterId.Default;
    public string Address { get; init; } = "";
    public int SiloPort { get; init; } = (int)SiloKeys.SiloPort.Default;
    public int GatewayPort { get; init; } = (int)SiloKeys.GatewayPort.Default;
    public int PrimaryPort { get; init; } = (int)SiloKeys.PrimaryPort.Default;

    /// <summary>As far as this process can tell it is the whole cluster: nobody else needs to reach its state and its files.</summary>
    public bool IsAlone => Role == SiloRole.All && !OnPostgres && SiloPort == PrimaryPort;

    /// <summary>Reads and checks. Where anything is wrong the sentences say what; the options are then not to be used.</summary>
    public static (SiloSettings Options, IReadOnlyList<string> Problems) Read(IConfiguration configuration, GatehouseOptions gatehouse)
    {
        var reader = new KeyReader(configuration);
        var onPostgres = reader.Choice(SiloKeys.Clustering) is SiloKeys.Postgres;
        var options = new SiloSettings
        {
            Role = reader.Choice(SiloKeys.Role) switch { SiloKeys.SiloOnly => SiloRole.Silo, SiloKeys.Api => SiloRole.Api, _ => SiloRole.All },
            OnPostgres = onPostgres,
            ConnectionString = onPostgres && !reader.IsSet(SiloKeys.ConnectionString) ? gatehouse.State.ConnectionString : reader.Text(SiloKeys.ConnectionString),
            ClusterId = reader.Text(SiloKeys.ClusterId),
            Address = reader.Text(SiloKeys.Address),
            SiloPort = (int)reader.Number(SiloKeys.SiloPort),
            GatewayPort = (int)reader.Number(SiloKeys.GatewayPort),
            PrimaryPort = (int)reader.Number(SiloKeys.PrimaryPort),
        };
        return (options, [.. new UnknownKeys(SiloKeys.Every).Find(configuration), .. reader.Problems, .. SiloRules.Check(options, gatehouse)]);
    }
}

/// <summary><c>Silo:Role</c>.</summary>
public enum SiloRole
{
    /// <summary>HTTP edge and silo in one process.</summary>
    All,

    /// <summary>Turns, the pump and its senders; no uploads.</summary>
    Silo,

    /// <summary>The HTTP edge, a client of the silos.</summary>
    Api,
}
