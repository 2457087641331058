using Gatehouse.Gateway.Configuration;
using Gatehouse.Storage.Postgres;

namespace Gatehouse.Silo.Configuration;

/// <summary>What must hold between the keys before a silo or an api node starts.</summary>
internal static class SiloRules
{
    public static IEnumerable<string> Check(SiloSettings silo, GatehouseOptions gatehouse) => [.. Shared(silo, gatehouse), .. Membership(silo), .. Ports(silo)];

    /// <summary>Every process looks at the same rows. That it reads the same files too is seen when it starts.</summary>
    private static IEnumerable<string> Shared(SiloSettings silo, GatehouseOptions gatehouse)
    {
        if (!silo.IsAlone && gatehouse.State.Store != StateStore.Postgres)
            yield return $"{Keys.StateStore.Name} must be postgres where a cluster has more than one process: anything but {SiloKeys.Role.Name} {SiloKeys.All} with {SiloKeys.Clustering.Name} {SiloKeys.Localhost} and {SiloKeys.SiloPort.Name} at {SiloKeys.PrimaryPort.Name}.";
    }

    private static IEnumerable<string> Membership(SiloSettings silo)
    {
        if (silo.OnPostgres && ConnectionSettings.Problem(silo.ConnectionString) is { } problem)
            yield return $"{SiloKeys.ConnectionString.Name}, or {Keys.ConnectionString.Name} where it is empty, is wrong: {problem}.";
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
