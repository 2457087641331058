using System.Collections.Concurrent;
using Gatehouse.Scenarios.Cluster.Checking;
using Gatehouse.Scenarios.Cluster.Reporting;

namespace Gatehouse.Scenarios.Cluster.Running;

/// <summary>One failure run from the first process to the report.</summary>
internal static class FaultRun
{
    /// <summary>For clients to be answered for what they had begun when the load ended.</summary>
    private static readonly TimeSpan ClientsPatience = TimeSpan.FromSeconds(40);

    public static async Task<RunReport> RunAsync(RunOptions options)
    {
        await using var deployment = await Deployment.StartAsync(options);
        await deployment.Simulator.FaultsAsync(options.Weather);
        var clock = new RunClock();
        var (sendings, faults) = (new ConcurrentQueue<Sending>(), new ConcurrentQueue<Fault>());
        var striking = new FaultDriver(deployment, clock, faults).RunAsync(options.Faults);
        await SendAsync(options, deployment, clock, sendings);
        await striking;
        await deployment.Simulator.WellAsync();

        var uploads = await new LastLook(options, deployment, clock).UploadsAsync();
        var received = await deployment.Simulator.ReceivedAsync();
        var history = new History
        {
            Sendings = [.. sendings],
            Arrivals = [.. received.Select(r => new Arrival(r.Contact, r.MessageId, r.Filename, r.Size, r.Sha256, r.Reply is "dropped", clock.Of(r.At)))],
            Uploads = options.TellsTrueTimes ? uploads : [.. AsSent(uploads, sendings)],
            Claims = [.. deployment.Database?.Claims().Select(c => new Claim(c.Contact, clock.Of(c.At))) ?? []],
            Faults = [.. faults.OrderBy(f => f.From)],
            Bounds = options.Bounds,
        };
        return RunReport.Of(options, history, await deployment.Simulator.StatsAsync(), deployment.Nodes.Select(n => n.Gateway.Said.ToList()));
    }

    /// <summary>Dated by the clients: no upload was admitted before its file was first sent.</summary>
    private static IEnumerable<KeptUpload> AsSent(IReadOnlyList<KeptUpload> uploads, IEnumerable<Sending> sendings)
    {
        var first = sendings.GroupBy(s => s.File.Filename, StringComparer.Ordinal).ToDictionary(file => file.Key, file => file.Min(s => s.SentAt), StringComparer.Ordinal);
        return uploads.Select(upload => upload with { CreatedAt = first[upload.Filename] });
    }

    private static async Task SendAsync(RunOptions options, Deployment deployment, RunClock clock, ConcurrentQueue<Sending> log)
    {
        using var load = new CancellationTokenSource(options.Load);
        using var patience = new CancellationTokenSource(options.Load + ClientsPatience);
        await Task.WhenAll(Enumerable.Range(0, options.Clients).Select(number =>
            Task.Run(() => new Sender(number, options, [.. deployment.Nodes.Select(n => n.Http)], clock, log).RunAsync(load.Token, patience.Token))));
    }
}
