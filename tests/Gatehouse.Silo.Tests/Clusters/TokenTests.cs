using System.Net.Http.Json;
using System.Text.Json;
using Gatehouse.Actors;
using Gatehouse.Actors.Contacts;
using Gatehouse.Actors.Tokens;
using Gatehouse.Genesys;
using Gatehouse.Silo.Asking;
using Gatehouse.Silo.Grains;
using Gatehouse.Silo.Hosting;
using Gatehouse.Simulator;
using Gatehouse.Storage.Memory;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using Orleans.TestingHost;

namespace Gatehouse.Silo.Tests.Clusters;

/// <summary>The token actor of a cluster, with the gates of three nodes and the simulated login service.</summary>
public sealed class TokenTests
{
    [Fact]
    public async Task One_token_refresh_serves_the_whole_cluster()
    {
        await using var genesys = SimulatorHost.Build(new SimulatorOptions { Url = "http://127.0.0.1:0", Seed = 7 });
        Assert.Null(await SimulatorHost.TryStartAsync(genesys));
        var url = SimulatorHost.BoundAddress(genesys);
        await using var cluster = new TestClusterBuilder(3).AddSiloBuilderConfigurator<OverOneStore>().Build();
        await cluster.DeployAsync();
        var options = new GenesysOptions { ClientId = "id", ClientSecret = "secret", LoginBaseAddress = url.AbsoluteUri, ApiBaseAddress = url.AbsoluteUri };
        using var http = GenesysHttp.Create(options);
        var gates = cluster.Silos.Select((silo, number) => GateAt((InProcessSiloHandle)silo, $"node-{number}", options, http)).ToList();

        var permits = await Task.WhenAll(gates.SelectMany(gate => Enumerable.Range(0, 5).Select(_ => gate.TakeAsync(CancellationToken.None).AsTask())));
        Assert.Single(permits.Distinct());
        Assert.Equal(1, await TokensAskedForAsync(url));

        // A refused token is replaced once, whoever finds it refused.
        var replaced = await Task.WhenAll(gates.Select(gate => gate.ReplaceAsync(permits[0], CancellationToken.None).AsTask()));
        Assert.Single(replaced.Distinct());
        Assert.NotEqual(permits[0], replaced[0]);
        Assert.Equal(2, await TokensAskedForAsync(url));
        foreach (var gate in gates) await gate.DisposeAsync();
    }

    private static TokenGate GateAt(InProcessSiloHandle silo, string node, GenesysOptions options, HttpMessageInvoker http)
    {
        var actors = new GrainActors<ITokenGrain, TokenCommand, TokenReply>(
            silo.ServiceProvider.GetRequiredService<IGrainFactory>(), [], signal: null, new AskLimits(), TimeProvider.System, Random.Shared, "token", NullLogger.Instance);
        var login = new OAuthClient(http, options, options.Credentials()[0], TimeProvider.System, NoGenesysTelemetry.Instance);
        return new TokenGate(actors, login, node, TimeProvider.System, Random.Shared, NoGenesysTelemetry.Instance, NullLogger<TokenGate>.Instance);
    }

    private static async Task<int> TokensAskedForAsync(Uri genesys)
    {
        using var http = new HttpClient();
        return (await http.GetFromJsonAsync<JsonElement>(new Uri(genesys, "/simulator/stats"))).GetProperty("token_requests").GetInt32();
    }

    private sealed class OverOneStore : ISiloConfigurator
    {
        private static readonly MemoryStore Store = new(TimeProvider.System);

        public void Configure(ISiloBuilder siloBuilder)
        {
            siloBuilder.TuneForGatehouse();
            siloBuilder.Services.AddSingleton<IActorStore>(Store).AddSingleton(new ContactActor(new ContactRules())).AddSingleton(new TokenActor(new TokenRules())).AddSingleton(TimeProvider.System);
        }
    }
}
