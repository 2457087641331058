using System.Collections.Concurrent;
using Gatehouse.Scenarios.Cluster.Checking;
using Gatehouse.Scenarios.Killing;

namespace Gatehouse.Scenarios.Cluster.Running;

/// <summary>Does to a deployment what was planned, each at its time, and writes down when it really was.</summary>
internal sealed class FaultDriver(Deployment deployment, RunClock clock, ConcurrentQueue<Fault> log)
{
    /// <summary>Returns when the last one is over.</summary>
    public async Task RunAsync(IEnumerable<PlannedFault> plan)
    {
        List<Task> struck = [];
        foreach (var fault in plan.OrderBy(f => f.At))
        {
            if (fault.At > clock.Now) await Lull.OfAsync(fault.At - clock.Now);
            struck.Add(StrikeAsync(fault));
        }

        await Task.WhenAll(struck);
    }

    private static bool StrikesAll(FaultKind kind) => kind is FaultKind.DatabaseCrashed or FaultKind.DatabaseRestarted or FaultKind.DatabaseConnectionsCut;

    private async Task StrikeAsync(PlannedFault fault)
    {
        var from = clock.Now;
        var node = deployment.Nodes[fault.Node];
        switch (fault.Kind)
        {
            case FaultKind.Killed:
                await node.KillAsync();
                break;
            case FaultKind.Terminated:
                await node.TerminateAsync();
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
                await deployment.Database!.RestartAsync("immediate");
                break;
            case FaultKind.DatabaseRestarted:
                await deployment.Database!.RestartAsync("fast");
                break;
            case FaultKind.DatabaseConnectionsCut:
                deployment.Database!.CutConnections();
                break;
            case FaultKind.DatabaseOutOfReach:
                node.ToDatabase!.Break();
                await Lull.OfAsync(fault.Lasting);
                node.ToDatabase.Mend();
                break;
            default:
                throw new NotSupportedException($"{fault.Kind} cannot be done here.");
        }

        log.Enqueue(new(fault.Kind, StrikesAll(fault.Kind) ? null : fault.Node, from, clock.Now));
    }
}
