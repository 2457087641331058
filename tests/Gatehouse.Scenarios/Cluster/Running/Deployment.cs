using System.Globalization;
using Gatehouse.Scenarios.Cluster.Checking;
using Gatehouse.Scenarios.Harness;

namespace Gatehouse.Scenarios.Cluster.Running;

/// <summary>What a run is made against: the simulator and the nodes, each a process of its own, over one store.</summary>
internal sealed class Deployment : IAsyncDisposable
{
    private const string Lifted = "1000000000000";

    private Deployment(SimulatorProcess simulator) => Simulator = simulator;

    public SimulatorProcess Simulator { get; }

    public IReadOnlyList<ClusterNode> Nodes { get; private set; } = [];

    /// <summary>Returns when every node is ready.</summary>
    public static async Task<Deployment> StartAsync(RunOptions options)
    {
        var deployment = new Deployment(await SimulatorProcess.StartAsync());
        try
        {
            deployment.Nodes = [.. Enumerable.Range(0, options.Nodes).Select(number => deployment.NodeOf(options, number))];
            await Task.WhenAll(deployment.Nodes.Select(node => node.StartAsync()));
            return deployment;
        }
        catch
        {
            await deployment.DisposeAsync();
            throw;
        }
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var node in Nodes) await node.DisposeAsync();
        await Simulator.DisposeAsync();
    }

    private ClusterNode NodeOf(RunOptions options, int number)
    {
        List<(string Key, string Value)> settings =
        [
            ("Quotas:MaxFiles", options.MaxFiles?.ToString(CultureInfo.InvariantCulture) ?? Lifted),
            ("Quotas:MaxBytes", Lifted),
            ("Quotas:MaxAttempts", Lifted),
            ("Quotas:MaxConcurrent", "1000000"),
            ("ShutdownSeconds", "10"),
            ("Logging:LogLevel:Default", "Warning"),
            .. options.Settings,
        ];
        return new ClusterNode(number, new GatewayProcess(Simulator.Url, [.. settings]), options.Plans(FaultKind.ClientsCut));
    }
}
