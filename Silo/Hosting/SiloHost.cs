using Gatehouse.Gateway.Configuration;
using Gatehouse.Gateway.Delivery;
using Gatehouse.Gateway.Hosting;
using Gatehouse.Silo.Asking;
using Gatehouse.Silo.Configuration;

namespace Gatehouse.Silo.Hosting;

/// <summary>The gateway as a web application whose actors are grains.</summary>
public static class SiloHost
{
    /// <summary>A dead silo is found out after some 8 s, and its grains answer from elsewhere: no command is given up before.</summary>
    private static readonly TimeSpan ShortestTrying = TimeSpan.FromSeconds(15);

    /// <summary>Builds it; the caller runs it. Both options were read from the builder's configuration and checked.</summary>
    public static WebApplication Build(WebApplicationBuilder builder, GatehouseOptions options, SiloSettings silo)
    {
        // Before the gateway's own services: what starts first stops last, and the pump asks grains to its end.
        if (silo.Role == SiloRole.Api) builder.UseOrleansClient(client => client.FindCluster(silo).TuneForGatehouse());
        else builder.UseOrleans(host => host.JoinCluster(silo).TuneForGatehouse());
        builder.Services.AddGrainEngine(LimitsOf(options));
        builder.Services.AddSingleton(FilePlaces.AllInBlobs);
        return GatehouseHost.Build(builder, options, servesUploads: silo.Role != SiloRole.Silo);
    }

    private static AskLimits LimitsOf(GatehouseOptions options)
    {
        var wait = TimeSpan.FromSeconds(options.Delivery.WaitSeconds);
        return new AskLimits { Within = wait > ShortestTrying ? wait : ShortestTrying };
    }
}
