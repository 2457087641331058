using System.Net;
using Gatehouse.Silo.Configuration;

namespace Gatehouse.Silo.Tests.Hosts;

/// <summary>Whole hosts over HTTP on real PostgreSQL, delivering to the simulator: one contact's uploads, small and large, sent through all of them.</summary>
public sealed class WholeClusterTests
{
    /// <summary>Above 256 KB.</summary>
    private const int Large = 300_000;

    [PostgresFact]
    public async Task Three_hosts_with_edge_and_silo_send_one_contacts_files_in_order()
    {
        await using var genesys = await SimulatedGenesys.StartAsync();
        using var database = new TestDatabase();
        int[] silos = [FreePort.Next(), FreePort.Next(), FreePort.Next()];
        List<RunningSilo> nodes = [];
        for (var i = 0; i < 3; i++)
        {
            var settings = new SiloSettings { SiloPort = silos[i], GatewayPort = FreePort.Next(), PrimaryPort = silos[0] };
            nodes.Add(await RunningSilo.StartAsync(settings, database.ConnectionString, genesys.Url));
        }
        await SendThroughAsync(nodes, genesys, database);
        foreach (var node in Enumerable.Reverse(nodes)) await node.DisposeAsync();
    }

    [PostgresFact]
    public async Task An_edge_of_its_own_asks_a_silo_that_takes_no_uploads()
    {
        await using var genesys = await SimulatedGenesys.StartAsync();
        using var database = new TestDatabase();
        var port = FreePort.Next();
        var settings = new SiloSettings { SiloPort = port, GatewayPort = FreePort.Next(), PrimaryPort = port };
        await using var silo = await RunningSilo.StartAsync(settings with { Role = SiloRole.Silo }, database.ConnectionString, genesys.Url);
        await using var edge = await RunningSilo.StartAsync(settings with { Role = SiloRole.Api }, database.ConnectionString, genesys.Url);

        Assert.Equal(404, (await silo.Http.UploadAsync("ada", "hello")).Status);
        Assert.Equal(HttpStatusCode.OK, (await silo.Http.GetAsync("/health/ready")).StatusCode);
        await SendThroughAsync([edge], genesys, database);
    }

    private static async Task SendThroughAsync(List<RunningSilo> edges, SimulatedGenesys genesys, TestDatabase database)
    {
        List<string> sent = [];
        for (var i = 0; i < 6; i++) sent.Add(await edges[i % edges.Count].Http.DeliverAsync("ada", $"{i} ".PadRight(i % 2 == 0 ? 100 : Large, 'x')));
        // A repeat through another edge is the first's, and nothing is sent again.
        var (_, repeated) = await edges[^1].Http.UploadAsync("ada", "0 ".PadRight(100, 'x'));
        Assert.True(repeated.GetProperty("upload").GetProperty("duplicate").GetBoolean());

        Assert.Equal(sent, await genesys.ReceivedAsync("ada"));
        Assert.Equal(1, await genesys.TokenRequestsAsync());
        // No file lay beside the state, and none is left in the blobs.
        Assert.Equal(0L, database.Ask<long>("SELECT count(*) FROM gatehouse.files"));
        await Eventually.HoldsAsync("the delivered files are dropped", () => Task.FromResult(database.Ask<long>("SELECT count(*) FROM gatehouse.blobs") is 0 ? null : "some are left"));
    }
}
