using Gatehouse.Gateway.Callers;
using Gatehouse.Scenarios.Harness;

namespace Gatehouse.Scenarios.BehindNginx;

/// <summary>Two gateways and a simulator, started by the first test that needs them. A caller needs a key: with a proxy in front nobody is the machine itself.</summary>
public sealed class TwoNodes : IAsyncLifetime
{
    private readonly NewApiKey _key = ApiKeys.New("nginx", CallerScopes.Upload | CallerScopes.Read, expires: null);
    private readonly Stack<IAsyncDisposable> _running = new();
    private Task<Started>? _started;

    internal string Authorization => "Bearer " + _key.Token;

    public Task InitializeAsync() => Task.CompletedTask;

    internal Task<Started> StartedAsync() => _started ??= StartAsync();

    public async Task DisposeAsync()
    {
        while (_running.TryPop(out var process)) await process.DisposeAsync();
    }

    private async Task<Started> StartAsync()
    {
        var simulator = Running(await SimulatorProcess.StartAsync());
        (string, string?)[] settings =
        [
            ("ApiKeys:0:Name", _key.Options.Name), ("ApiKeys:0:Hash", _key.Options.Hash), ("ApiKeys:0:Scopes", _key.Options.Scopes), ("Logging:Console:FormatterName", "json"),
        ];
        return new(Running(await GatewayProcess.StartAsync(simulator.Url, settings)), Running(await GatewayProcess.StartAsync(simulator.Url, settings)), simulator);
    }

    private T Running<T>(T process)
        where T : IAsyncDisposable
    {
        _running.Push(process);
        return process;
    }

    internal sealed record Started(GatewayProcess First, GatewayProcess Second, SimulatorProcess Simulator)
    {
        public Uri[] Urls => [First.Url, Second.Url];
    }
}
