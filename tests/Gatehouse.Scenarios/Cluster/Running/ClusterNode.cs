using Gatehouse.Scenarios.Harness;

namespace Gatehouse.Scenarios.Cluster.Running;

/// <summary>A node as its supervisor sees it: whenever its process ends, it is started again.</summary>
internal sealed class ClusterNode : IAsyncDisposable
{
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

    public async ValueTask DisposeAsync()
    {
        Http.Dispose();
        Front?.Dispose();
        ToDatabase?.Dispose();
        await Gateway.DisposeAsync();
        Disk?.Dispose();
    }
}
