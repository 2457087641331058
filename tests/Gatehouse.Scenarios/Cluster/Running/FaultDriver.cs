using System.Collections.Concurrent;
using Gatehouse.Scenarios.Cluster.Checking;
using Gatehouse.Scenarios.Killing;

namespace Gatehouse.Scenarios.Cluster.Running;

/// <summary>Does to a deployment what was planned, each at its time, and writes down when it really was.</summary>
internal sealed class FaultDriver(Deployment deployment, RunClock clock, ConcurrentQueue<Fault> log)
{
    /// <summary>One for each node, and the database's last: what was struck is struck again when it has come back, however late that is on a busy machine.</summary>
    private readonly SemaphoreSlim[] _up = [.. Enumerable.Range(0, deployment.Nodes.Count + 1).Select(_ => new SemaphoreSlim(1))];

    /// <summary>Returns when the last one is over.</summary>
    public async Task RunAsync(IEnumerable<PlannedFault> plan)
    {
        List<Task> struck = [];
        foreach (var fault in plan.OrderBy(f => f.At))
        {
            if (fault.At > clock.Now) await Lull.OfAsync(fault.At - clock.Now);
            struck.Add(WhenUpAsync(fault));
        }

        await Task.WhenAll(struck);
    }

    private static bool StrikesAll(FaultKind kind) => kind is FaultKind.DatabaseCrashed or FaultKind.DatabaseRestarted or FaultKind.DatabaseConnectionsCut;

    private async Task WhenUpAsync(PlannedFault fault)
    {
        var up = StrikesAll(fault.Kind) ? _up[^1] : _up[fault.Node];
        await up.WaitAsync();
        try
        {
            var from = clock.Now;
            await StrikeAsync(fault, deployment.Nodes[fault.Node]);
            log.Enqueue(new(fault.Kind, StrikesAll(fault.Kind) ? null : fault.Node, from, clock.Now));
        }
        finally
        {
            up.Release();
        }
    }

    private async Task StrikeAsync(PlannedFault fault, ClusterNode node)
    {
        switch (fault.Kind)
        {
            case FaultKind.Killed:
                await node.KillAsync();
                break;
            case FaultKind.Terminated:
                Assert.Equal(0, await node.TerminateAsync());
                break;
            case FaultKind.Stopped:
                await node.StopAsync();
                await Lull.OfAsync(fault.Lasting);
                await node.ContinueAsync();
                break;
            case FaultKind.ClientsCut:
                node.Front!.Cut();
                break;
            case FaultKind.DatabaseCrashed:
                await deployment.Database!.RestartAsync("immediate", fault.Lasting);
                break;
            case FaultKind.DatabaseRestarted:
                await deployment.Database!.RestartAsync("fast", fault.Lasting);
                break;
            case FaultKind.DatabaseConnectionsCut:
                deployment.Database!.CutConnections();
                break;
            case FaultKind.DatabaseOutOfReach:
                node.ToDatabase!.Break();
                await Lull.OfAsync(fault.Lasting);
                node.ToDatabase.Mend();
                break;
            case FaultKind.DiskFull:
                await node.FillDiskAsync();
                await Lull.OfAsync(fault.Lasting);
                node.Disk!.Free();
                break;
            case FaultKind.ClockJumped:
                await node.SetClockAsync(fault.Jump);
                await Lull.OfAsync(fault.Lasting);
                await node.SetClockAsync(TimeSpan.Zero);
                break;
            default:
                throw new NotSupportedException($"{fault.Kind} cannot be done here.");
        }
    }
}
