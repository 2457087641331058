using Gatehouse.Gateway.Configuration;

namespace Gatehouse.Silo.Configuration;

/// <summary>The keys that only the silo host reads, beside all of Gatehouse's.</summary>
public static class SiloKeys
{
    public const string All = "all";
    public const string SiloOnly = "silo";
    public const string Api = "api";
    public const string Localhost = "localhost";
    public const string Postgres = "postgres";

    public static readonly ChoiceKey Role = new("Silo:Role", All, [All, SiloOnly, Api], "What this process is: HTTP edge and silo in one, a silo without uploads, or an edge that asks the silos as their client");
    public static readonly ChoiceKey Clustering = new("Silo:Clustering", Localhost, [Localhost, Postgres], "Where silos find each other; localhost: on this machine, for trying out");
    public static readonly TextKey ConnectionString = new("Silo:ConnectionString", "", "PostgreSQL database of the membership table; empty: that of State:ConnectionString") { Secret = true };
    public static readonly TextKey ClusterId = new("Silo:ClusterId", "gatehouse", "Silos and api nodes with the same id are one cluster");
    public static readonly TextKey Address = new("Silo:Address", "", "IP address or host name at which the others reach this silo; empty: this machine's own");
    public static readonly NumberKey SiloPort = new("Silo:SiloPort", 11_111, 1, 65_535, "Port for the other silos");
    public static readonly NumberKey GatewayPort = new("Silo:GatewayPort", 30_000, 1, 65_535, "Port for api nodes; with localhost an api node asks the silo that listens there");
    public static readonly NumberKey PrimaryPort = new("Silo:PrimaryPort", 11_111, 1, 65_535, "With localhost: the SiloPort of the silo that keeps the membership, the first to start");

    /// <summary>All of them, in the order in which people read them.</summary>
    public static readonly IReadOnlyList<ConfigurationKey> Every = [Role, Clustering, ConnectionString, ClusterId, Address, SiloPort, GatewayPort, PrimaryPort];
}
