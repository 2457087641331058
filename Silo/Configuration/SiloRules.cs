using Gatehouse.Gateway.Configuration;

namespace Gatehouse.Silo.Configuration;

/// <summary>What must hold between the keys before a silo or an api node starts.</summary>
internal static class SiloRules
{
    public static IEnumerable<string> Check(SiloSettings silo, GatehouseOptions gatehouse) => [.. Shared(silo, gatehouse), .. Membership(silo), .. Ports(silo)];

    /// <summary>Every node looks at the same rows and reads the same files.</summary>
    private static IEnumerable<string> Shared(SiloSettings silo, GatehouseOptions gatehouse)
    {
        if (silo.IsAlone) yield break;
        if (gatehouse.State.Store is StateStore.Sqlite or StateStore.Memory)
            yield return $"{Keys.StateStore.Name} is {$"{gatehouse.State.Store}".ToLowerInvariant()}: it must be postgres where there is more than one process.";
        if (gatehouse.Blobs.Store is "disk")
            yield return $"{Keys.BlobStore.Name} is disk: it must be a store that every process reaches, such as postgres.";
    }

    private static IEnumerable<string> Membership(SiloSettings silo)
    {
        if (silo is { OnPostgres: true, ConnectionString.Length: 0 })
            yield return $"{SiloKeys.ConnectionString.Name} is empty: with {SiloKeys.Clustering.Name} postgres it, or {Keys.ConnectionString.Name}, must name the database of the membership table.";
        if (silo is { OnPostgres: false, ConnectionString.Length: > 0 })
            yield return $"{SiloKeys.ConnectionString.Name} is set: it must be empty while {SiloKeys.Clustering.Name} is {SiloKeys.Localhost}.";
        if (silo is { OnPostgres: false, Address.Length: > 0 })
            yield return $"{SiloKeys.Address.Name} is set: it must be empty while {SiloKeys.Clustering.Name} is {SiloKeys.Localhost}, which only this machine reaches.";
    }

    private static IEnumerable<string> Ports(SiloSettings silo)
    {
        if (silo.Role != SiloRole.Api && silo.SiloPort == silo.GatewayPort)
            yield return $"{SiloKeys.GatewayPort.Name} is {silo.GatewayPort}: it must differ from {SiloKeys.SiloPort.Name}.";
    }
}
