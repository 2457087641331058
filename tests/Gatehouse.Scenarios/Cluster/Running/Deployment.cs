using System.Globalization;
using System.Net;
using Gatehouse.Scenarios.Cluster.Checking;
using Gatehouse.Scenarios.Harness;

namespace Gatehouse.Scenarios.Cluster.Running;

/// <summary>What a run is made against: the simulator and the nodes, each a process of its own, over one store.</summary>
internal sealed class Deployment : IAsyncDisposable
{
    private const int UploadsToWarmUp = 8;

    private const string Lifted = "1000000000000";

    private Deployment(SimulatorProcess simulator, ClusterDatabase? database) => (Simulator, Database) = (simulator, database);

    public SimulatorProcess Simulator { get; }

    /// <summary>Null on SQLite.</summary>
    public ClusterDatabase? Database { get; }

    public IReadOnlyList<ClusterNode> Nodes { get; private set; } = [];

    /// <summary>Returns when every node is ready.</summary>
    public static async Task<Deployment> StartAsync(RunOptions options)
    {
        var deployment = new Deployment(await SimulatorProcess.StartAsync(), options.Store is StateStore.Postgres ? new ClusterDatabase() : null);
        try
        {
            deployment.Nodes = [.. Enumerable.Range(0, options.Nodes).Select(number => deployment.NodeOf(options, number))];
            await Task.WhenAll(deployment.Nodes.Select(node => node.StartAsync()));
            await deployment.WarmUpAsync();
            deployment.Database?.WatchClaims();
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
        Database?.Dispose();
        await Simulator.DisposeAsync();
    }

    /// <summary>A node that compiles its first upload's way is slow for seconds; what a run measures begins after them, and with an empty record.</summary>
    private async Task WarmUpAsync()
    {
        await Task.WhenAll(Nodes.SelectMany((node, number) => Enumerable.Range(0, UploadsToWarmUp).Select(async i =>
            (await new UploadForm(Pngs.Noise(i, 600 + (i % 2 * 400_000)), $"{i}.png", $"warm-up-{number}-{i}").SendAsync(node.Http)).Expect(HttpStatusCode.OK))));
        await Simulator.ForgetAsync();
    }

    private ClusterNode NodeOf(RunOptions options, int number)
    {
        var toDatabase = options.Plans(FaultKind.DatabaseOutOfReach) ? Database?.NewWay() : null;
        var disk = options.Faults.Any(fault => fault.Kind is FaultKind.DiskFull && fault.Node == number) ? new SmallDisk() : null;
        var clock = options.Plans(FaultKind.ClockJumped) ? new NodeClock() : null;
        List<(string Key, string Value)> settings =
        [
            ("Quotas:MaxFiles", options.MaxFiles?.ToString(CultureInfo.InvariantCulture) ?? Lifted),
            ("Quotas:MaxBytes", Lifted),
            ("Quotas:MaxAttempts", Lifted),
            ("Quotas:MaxConcurrent", "1000000"),
            ("ShutdownSeconds", "10"),
            ("Logging:LogLevel:Default", "Warning"),
            .. Database is null ? [] : (ReadOnlySpan<(string, string)>)[("State:Store", "postgres"), ("State:ConnectionString", Database.ConnectionString(toDatabase)), ("Blobs:Store", "postgres")],
            .. disk is null ? [] : (ReadOnlySpan<(string, string)>)[("Data:Directory", disk.Path)],
            .. clock?.Environment ?? [],
        ];
        return new ClusterNode(new GatewayProcess(Simulator.Url, [.. settings]), options.Plans(FaultKind.ClientsCut)) { ToDatabase = toDatabase, Disk = disk, Clock = clock };
    }
}
