using System.Net;
using Gatehouse.Silo.Configuration;
using Orleans.Configuration;

namespace Gatehouse.Silo.Hosting;

/// <summary>How silos find each other, and api nodes their silos.</summary>
internal static class Clustering
{
    /// <summary>The name by which Orleans' ADO.NET provider knows Npgsql.</summary>
    private const string Invariant = "Npgsql";

    /// <summary>Never changed: Orleans keeps it with what is stored in its name, and Gatehouse stores nothing there.</summary>
    private const string ServiceId = "gatehouse";

    private static readonly TimeSpan ConnectAgain = TimeSpan.FromSeconds(1);

    public static ISiloBuilder JoinCluster(this ISiloBuilder silo, SiloSettings options)
    {
        if (!options.OnPostgres) return silo.UseLocalhostClustering(options.SiloPort, options.GatewayPort, new IPEndPoint(IPAddress.Loopback, options.PrimaryPort), ServiceId, options.ClusterId);
        silo.Configure<ClusterOptions>(cluster => Name(cluster, options));
        silo.UseAdoNetClustering(table =>
        {
            table.Invariant = Invariant;
            table.ConnectionString = options.ConnectionString;
        });
        return options.Address.Length == 0
            ? silo.ConfigureEndpoints(options.SiloPort, options.GatewayPort)
            : silo.ConfigureEndpoints(options.Address, options.SiloPort, options.GatewayPort);
    }

    public static IClientBuilder FindCluster(this IClientBuilder client, SiloSettings options)
    {
        // Silos may start later, or all at once be away: an api node waits for them.
        client.UseConnectionRetryFilter(async (_, cancellationToken) =>
        {
            await Task.Delay(ConnectAgain, cancellationToken);
            return true;
        });
        if (!options.OnPostgres) return client.UseLocalhostClustering(options.GatewayPort, ServiceId, options.ClusterId);
        client.Configure<ClusterOptions>(cluster => Name(cluster, options));
        return client.UseAdoNetClustering(table =>
        {
            table.Invariant = Invariant;
            table.ConnectionString = options.ConnectionString;
        });
    }

    private static void Name(ClusterOptions cluster, SiloSettings options) => (cluster.ServiceId, cluster.ClusterId) = (ServiceId, options.ClusterId);
}
