using Gatehouse.Scenarios.Cluster.Checking;
using Gatehouse.Scenarios.Cluster.Reporting;
using Gatehouse.Scenarios.Cluster.Running;
using Xunit.Abstractions;

namespace Gatehouse.Scenarios.Cluster;

/// <summary>
/// Failure runs: clients send to nodes that are struck by a seeded plan of faults, and the checker compares what they were told with what arrived. <c>GATEHOUSE_FAULT_SECONDS</c> and
/// <c>GATEHOUSE_FAULT_SEED</c> make them longer or repeat one.
/// </summary>
public sealed class FailureTests(ITestOutputHelper output)
{
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
