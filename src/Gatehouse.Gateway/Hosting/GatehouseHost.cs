using Gatehouse.Gateway.Configuration;
using Gatehouse.Gateway.Credentials;
using Gatehouse.Gateway.Http;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;

namespace Gatehouse.Gateway.Hosting;

/// <summary>The gateway as a web application: its services, its server's limits, its addresses.</summary>
public static class GatehouseHost
{
    /// <summary>
    /// Builds it; the caller runs it. <paramref name="options"/> were read from the builder's configuration and checked. An engine or a place for files that the builder's services have already is used instead
    /// of the gateway's own.
    /// </summary>
    /// <param name="servesUploads">False: a node that sends and takes no uploads in.</param>
    public static WebApplication Build(WebApplicationBuilder builder, GatehouseOptions options, bool servesUploads = true)
    {
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            // Read once: addresses that come into it while the server runs would have passed no rule.
            kestrel.Configure(builder.Configuration.GetSection(ServerSection.Name), reloadOnChange: false);
            kestrel.RequestHeaderEncodingSelector = HeaderEncoding.Of;
            // The pipeline counts the bytes itself, so that its refusal reaches the client.
            kestrel.Limits.MaxRequestBodySize = null;
            MinimumRate.Apply(kestrel.Limits, options.Limits.MinBytesPerSecond, MinimumRate.Grace);
        });
        builder.WebHost.UseUrls([.. options.Urls]);
        // Beyond the uploads' own time: for the last answers, and for claims to be handed back.
        builder.Services.Configure<HostOptions>(host => host.ShutdownTimeout = TimeSpan.FromSeconds(options.ShutdownSeconds + 10));
        builder.Services.AddSingleton<IMemoryPoolFactory<byte>, ReceiveBlocks>();
        builder.Services.AddSingleton(options);
        builder.Services.AddSingleton(new ConfigurationAgain(builder.Configuration));
        builder.Services.TryAddSingleton(TimeProvider.System);
        builder.Services.AddStorage(options).AddActors(options).AddGenesys(options).AddDelivery(options).AddLinks(options).AddPipeline(options).AddTelemetry();
        // Before what serves: what starts first stops last, and the last request has its record.
        builder.Services.AddAudit(options).AddScanner(options).AddQuarantine(options);
        builder.Services.AddSingleton<Draining>().AddHostedService(s => s.GetRequiredService<Draining>());
        builder.Services.AddHostedService<NodeLifetime>();

        var app = builder.Build();
        app.MapNode();
        if (servesUploads) app.MapUploads();
        return app;
    }
}
