using Gatehouse.Scenarios.Cluster.Checking;
using Gatehouse.Scenarios.Cluster.Reporting;
using Gatehouse.Scenarios.Cluster.Running;
using Gatehouse.Testing.Postgres;
using Xunit.Abstractions;

namespace Gatehouse.Scenarios.Cluster;

/// <summary>
/// Failure runs: clients send to nodes that are struck by a seeded plan of faults, and the checker compares what they were told with what arrived. <c>GATEHOUSE_FAULT_SECONDS</c> and
/// <c>GATEHOUSE_FAULT_SEED</c> make them longer or repeat one.
/// </summary>
public sealed class FailureTests(ITestOutputHelper output)
{
    /// <summary>Between kills: the node that was killed is up again before it is struck anew.</summary>
    private static readonly TimeSpan KillEvery = TimeSpan.FromSeconds(5);

    [PostgresFact]
    public async Task Three_nodes_of_which_one_after_the_other_is_killed_lose_nothing()
    {
        var seed = FaultSettings.Seed(1);
        var report = await RunAsync(new() { Name = "kills", Seed = seed, Load = FaultSettings.Load, Faults = FaultPlan.Kills(seed, 3, FaultSettings.Load, KillEvery) });
        if (!FaultSettings.IsLong) return;
        Assert.InRange(report.Figures.LongestGap.Lasted, TimeSpan.Zero, TimeSpan.FromSeconds(2));
        Assert.InRange(report.Figures.LongestStand.Lasted, TimeSpan.Zero, TimeSpan.FromSeconds(15));
    }

    [PostgresFact]
    public async Task Quotas_hold_across_nodes_that_are_killed()
    {
        var seed = FaultSettings.Seed(2);
        var report = await RunAsync(new() { Name = "quotas", Seed = seed, Clients = 24, Contacts = 40, MaxFiles = 12, Load = FaultSettings.Load, Faults = FaultPlan.Kills(seed, 3, FaultSettings.Load, KillEvery) });
        Assert.Contains(report.History.Sendings, s => s.Reply is { Quota: "files" });
    }

    [PostgresFact]
    public async Task Faults_of_every_kind_lose_nothing()
    {
        var seed = FaultSettings.Seed(3);
        await RunAsync(new()
        {
            Name = "mixed",
            Seed = seed,
            Clients = 32,
            Load = FaultSettings.Load,
            Faults = FaultPlan.Mixed(
                seed, 3, FaultSettings.Load, TimeSpan.FromSeconds(3),
                [FaultKind.Killed, FaultKind.Terminated, FaultKind.Stopped, FaultKind.DatabaseCrashed, FaultKind.DatabaseRestarted, FaultKind.DatabaseConnectionsCut, FaultKind.DatabaseOutOfReach, FaultKind.ClientsCut]),
            Weather = new { drop_after_reply_rate = 0.01 },
        });
    }

    [Fact]
    public async Task One_node_that_is_killed_and_stopped_in_order_loses_nothing()
    {
        var seed = FaultSettings.Seed(11);
        await RunAsync(new()
        {
            Name = "one-node",
            Seed = seed,
            Store = StateStore.Sqlite,
            Nodes = 1,
            Clients = 16,
            Contacts = 50,
            Load = FaultSettings.Load,
            Faults = FaultPlan.Mixed(seed, 1, FaultSettings.Load, TimeSpan.FromSeconds(5), [FaultKind.Killed, FaultKind.Terminated, FaultKind.ClientsCut]),
            Weather = new { drop_after_reply_rate = 0.01 },
        });
    }

    private async Task<RunReport> RunAsync(RunOptions options)
    {
        var report = await FaultRun.RunAsync(options);
        var path = ReportFiles.Write(report);
        output.WriteLine(TextReport.Of(report));
        output.WriteLine(path);
        Assert.True(report.Violations.Count == 0, TextReport.Of(report));
        Assert.NotEmpty(report.History.Arrivals);
        return report;
    }
}
