using System.Net;
using System.Net.Sockets;
using Gatehouse.Gateway.Configuration;
using Gatehouse.Silo.Configuration;
using Npgsql;

namespace Gatehouse.Silo.Hosting;

/// <summary>What Orleans would answer with a stack trace, or not at all, is looked at before it starts.</summary>
internal static class StartChecks
{
    /// <summary>A sentence for the operator; null: nothing stands in the way.</summary>
    public static string? Problem(SiloSettings silo) => Ports(silo) ?? Membership(silo);

    /// <summary>Orleans opens its ports with SO_REUSEPORT: a second silo would start on the same one, and the system would give every other connection to it.</summary>
    private static string? Ports(SiloSettings silo)
    {
        if (silo.Role == SiloRole.Api) return null;
        foreach (var (key, port) in (ReadOnlySpan<(NumberKey, int)>)[(SiloKeys.SiloPort, silo.SiloPort), (SiloKeys.GatewayPort, silo.GatewayPort)])
        {
            using var probe = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
            try
            {
                probe.Bind(new IPEndPoint(IPAddress.Any, port));
            }
            catch (SocketException unusable)
            {
                return $"The silo cannot listen on port {port}: {unusable.Message}. Stop what uses it, or set {key.Name} to another.";
            }
        }
        return null;
    }

    private static string? Membership(SiloSettings silo)
    {
        if (!silo.OnPostgres) return null;
        try
        {
            using var connection = new NpgsqlConnection(silo.ConnectionString);
            connection.Open();
            using var command = new NpgsqlCommand("SELECT to_regclass('orleansquery') IS NOT NULL AND to_regclass('orleansmembershiptable') IS NOT NULL", connection);
            return command.ExecuteScalar() is true ? null : $"The database {connection.Database} on {connection.Host} has no membership table: run Orleans' scripts PostgreSQL-Main.sql and PostgreSQL-Clustering.sql in it first (docs/scaling.md).";
        }
        catch (NpgsqlException e)
        {
            return $"{SiloKeys.ConnectionString.Name}, or {Keys.ConnectionString.Name} where it is empty: the database of the membership table cannot be used: {(e.InnerException?.Message ?? e.Message).TrimEnd('.')}.";
        }
    }
}
