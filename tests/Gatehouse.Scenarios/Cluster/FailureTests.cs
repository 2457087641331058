using Gatehouse.Scenarios.Cluster.Checking;
using Gatehouse.Scenarios.Cluster.Reporting;
using Gatehouse.Scenarios.Cluster.Running;
using Gatehouse.Storage;
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

    /// <summary>A node's start takes seconds on a busy machine and fails while PostgreSQL is down: at 2 s a long run has long stretches without any node, and nothing is tried in them.</summary>
    private static readonly TimeSpan MixedEvery = TimeSpan.FromSeconds(FaultSettings.IsLong ? 4 : 2);

    [FaultFact(postgres: true)]
    public async Task Three_nodes_of_which_one_after_the_other_is_killed_lose_nothing()
    {
        var (seed, load) = (FaultSettings.Seed(1), FaultSettings.Load(8));
        var report = await RunAsync(new() { Name = "kills", Seed = seed, Load = load, Faults = FaultPlan.Kills(seed, 3, load, KillEvery) });
        if (!FaultSettings.IsLong) return;
        Assert.InRange(report.Figures.LongestGap.Lasted, TimeSpan.Zero, TimeSpan.FromSeconds(2));
        Assert.InRange(report.Figures.LongestStand.Lasted, TimeSpan.Zero, TimeSpan.FromSeconds(15));
    }

    [FaultFact(postgres: true, nodeClock: true)]
    public async Task Faults_of_every_kind_lose_nothing_and_let_no_quota_be_exceeded()
    {
        var (seed, load) = (FaultSettings.Seed(3), FaultSettings.Load(20));
        var report = await RunAsync(new()
        {
            Name = "mixed",
            Seed = seed,
            Clients = 32,
            // So many that some reach their quota and most do not: else a long run would only be refused at its end.
            Contacts = FaultSettings.IsLong ? (int)load.TotalSeconds / 2 : 12,
            MaxFiles = (int)load.TotalSeconds / 4,
            Load = load,
            Faults = FaultPlan.Mixed(
                seed, 3, load, MixedEvery,
                [FaultKind.Killed, FaultKind.Terminated, FaultKind.Stopped, FaultKind.DatabaseCrashed, FaultKind.DatabaseRestarted, FaultKind.DatabaseConnectionsCut, FaultKind.DatabaseOutOfReach, FaultKind.ClientsCut, FaultKind.ClockJumped]),
            Weather = new { drop_after_reply_rate = 0.01 },
        });
        Assert.Contains(report.History.Sendings, s => s.Reply is { Status: 503, Code: "busy", HasRetryAfter: true });
        Assert.Contains(report.History.Sendings, s => s.Reply is { Quota: "files" });
    }

    [FaultFact(postgres: true, smallDisk: true)]
    public async Task One_of_three_nodes_whose_disk_is_full_sends_large_files_to_the_others_and_nothing_is_lost()
    {
        var (seed, load) = (FaultSettings.Seed(7), FaultSettings.Load(10));
        var report = await RunAsync(new()
        {
            Name = "full-spool",
            Seed = seed,
            Clients = 32,
            Contacts = 50,
            LargeShare = 0.5,
            Load = load,
            Faults = [new(TimeSpan.FromSeconds(2), FaultKind.DiskFull, Node: 0, Lasting: TimeSpan.FromSeconds(4))],
        });
        var full = Assert.Single(report.History.Faults);
        var large = report.History.Sendings.Where(s => s.File.Size > Spool.MemoryLimit && s.SentAt >= full.From && s.EndedAt <= full.Until).ToLookup(s => s.Node);
        Assert.Contains(large[0], s => s.Reply is { Status: 503, Code: "busy", HasRetryAfter: true });
        Assert.DoesNotContain(report.History.Sendings, s => s is { Node: not 0, Reply.Status: 503 });
        Assert.Contains(large[1], s => s.IsPromised);
        Assert.Contains(large[2], s => s.IsPromised);
    }

    [FaultFact(smallDisk: true)]
    public async Task One_node_whose_disk_is_full_loses_nothing()
    {
        var (seed, load) = (FaultSettings.Seed(5), FaultSettings.Load(6));
        var report = await RunAsync(new()
        {
            Name = "full-disk",
            Seed = seed,
            Store = StateStore.Sqlite,
            Nodes = 1,
            Clients = 16,
            Contacts = 50,
            Load = load,
            Faults = [new(TimeSpan.FromSeconds(1), FaultKind.DiskFull, Node: 0, Lasting: TimeSpan.FromSeconds(2))],
        });
        Assert.Contains(report.History.Sendings, s => s.Reply is { Status: 503, HasRetryAfter: true });
    }

    [FaultFact(nodeClock: true)]
    public async Task One_node_that_is_killed_and_stopped_in_order_and_whose_clock_jumps_loses_nothing()
    {
        var (seed, load) = (FaultSettings.Seed(11), FaultSettings.Load(12));
        await RunAsync(new()
        {
            Name = "one-node",
            Seed = seed,
            Store = StateStore.Sqlite,
            Nodes = 1,
            Clients = 16,
            Contacts = 50,
            Load = load,
            Faults = FaultPlan.Mixed(seed, 1, load, TimeSpan.FromSeconds(2), [FaultKind.Killed, FaultKind.Terminated, FaultKind.ClientsCut, FaultKind.ClockJumped]),
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
