using System.Net;
using Gatehouse.Scenarios.Harness;

namespace Gatehouse.Scenarios.Cluster.Running;

/// <summary>A node as its supervisor sees it: whenever its process ends, it is started again.</summary>
internal sealed class ClusterNode : IAsyncDisposable
{
    private static readonly TimeSpan LookEvery = TimeSpan.FromMilliseconds(100);

    /// <summary>An answer's date has whole seconds and is written once a second; smaller than any jump.</summary>
    private static readonly TimeSpan ClocksDiffer = TimeSpan.FromSeconds(3);

    public ClusterNode(GatewayProcess gateway, bool wired)
    {
        Gateway = gateway;
        if (wired) Front = new Wire(gateway.Url.Port);
        var address = Front is null ? gateway.Url : new Uri($"http://127.0.0.1:{Front.Port}");
        Http = new HttpClient(new SocketsHttpHandler { ConnectTimeout = TimeSpan.FromSeconds(2) }) { BaseAddress = address, Timeout = TimeSpan.FromSeconds(90) };
    }

    public GatewayProcess Gateway { get; }

    /// <summary>Between it and its clients, where the run means to cut them.</summary>
    public Wire? Front { get; }

    /// <summary>Between it and the database, where the run means to break it.</summary>
    public Wire? ToDatabase { get; init; }

    /// <summary>Its data folder, where the run means to fill it.</summary>
    public SmallDisk? Disk { get; init; }

    /// <summary>Its wall clock, where the run means to set it.</summary>
    public NodeClock? Clock { get; init; }

    /// <summary>As clients reach it.</summary>
    public HttpClient Http { get; }

    public Task StartAsync() => Gateway.StartAsync(supervised: true);

    /// <summary>SIGKILL. Returns when it is ready again.</summary>
    public async Task KillAsync()
    {
        await Gateway.Process.DisposeAsync();
        await StartAsync();
    }

    /// <summary>SIGTERM. Returns the exit code once it is ready again.</summary>
    public async Task<int> TerminateAsync()
    {
        var code = await Gateway.Process.TerminateAsync();
        await Gateway.Process.DisposeAsync();
        await StartAsync();
        return code;
    }

    public Task StopAsync() => Gateway.Process.SignalAsync("STOP");

    public Task ContinueAsync() => Gateway.Process.SignalAsync("CONT");

    /// <summary>Takes all the space of its disk. Returns when it is not ready and says why.</summary>
    public async Task FillDiskAsync()
    {
        Disk!.Fill();
        await Eventually.HoldsAsync("the node says that its disk is full", async () =>
        {
            using var answer = await Gateway.Http.GetAsync("/health/ready");
            var said = await answer.Content.ReadAsStringAsync();
            return answer.StatusCode is HttpStatusCode.ServiceUnavailable && said.Contains("The spool folder under Data:Directory takes no file.", StringComparison.Ordinal) ? null : said;
        }, pace: LookEvery);
    }

    /// <summary>Returns when its answers carry that time.</summary>
    public async Task SetClockAsync(TimeSpan ahead)
    {
        Clock!.Set(ahead);
        await Eventually.HoldsAsync($"the node's clock is ahead by {ahead}", async () =>
        {
            using var answer = await Gateway.Http.GetAsync("/health/live");
            var off = answer.Headers.Date - DateTimeOffset.UtcNow - ahead;
            return off > -ClocksDiffer && off < ClocksDiffer ? null : $"off by {off}";
        }, pace: LookEvery);
    }

    public async ValueTask DisposeAsync()
    {
        Http.Dispose();
        Front?.Dispose();
        ToDatabase?.Dispose();
        await Gateway.DisposeAsync();
        Disk?.Dispose();
        Clock?.Dispose();
    }
}
