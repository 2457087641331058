using Gatehouse.Gateway.Configuration;
using Gatehouse.Silo.Configuration;
using Gatehouse.Silo.Hosting;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Gatehouse.Silo.Tests.Hosts;

/// <summary>A whole process of the silo host, in this one: its edge on a free port, its folder its own.</summary>
internal sealed class RunningSilo : IAsyncDisposable
{
    private readonly TemporaryFolder _folder;
    private readonly WebApplication _app;

    private RunningSilo(WebApplication app, TemporaryFolder folder)
    {
        (_app, _folder) = (app, folder);
        Http = new HttpClient { BaseAddress = new Uri(app.Urls.First()) };
    }

    public HttpClient Http { get; }

    public static async Task<RunningSilo> StartAsync(SiloSettings silo, string database, Uri genesys)
    {
        var folder = new TemporaryFolder();
        var options = new GatehouseOptions
        {
            Urls = ["http://127.0.0.1:0"],
            Data = new DataOptions { Directory = folder.Path },
            State = new StateOptions { Store = StateStore.Postgres, ConnectionString = database },
            Blobs = new BlobsOptions { Store = BlobsOptions.Postgres },
            Delivery = new DeliveryOptions { Route = "contact-attachments", WaitSeconds = 30 },
            Quotas = new QuotasOptions { MaxFiles = 1000, MaxAttempts = 1000, MaxConcurrent = 8 },
            Genesys = new GenesysSettings { ClientId = "id", ClientSecret = "secret", LoginBaseAddress = genesys.AbsoluteUri, ApiBaseAddress = genesys.AbsoluteUri, RequestsPerMinute = 0 },
        };
        var builder = WebApplication.CreateSlimBuilder(new WebApplicationOptions { EnvironmentName = Environments.Development });
        builder.Logging.ClearProviders();
        var app = SiloHost.Build(builder, options, silo);
        await app.StartAsync();
        return new RunningSilo(app, folder);
    }

    public async ValueTask DisposeAsync()
    {
        Http.Dispose();
        await _app.DisposeAsync();
        _folder.Dispose();
    }
}
