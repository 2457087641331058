using Gatehouse.Gateway.Configuration;

namespace Gatehouse.Gateway.Tests.Running;

/// <summary>A gateway, the simulator that it delivers to, and a folder that goes with them.</summary>
public abstract class GatewayAtSimulator : IAsyncLifetime
{
    private readonly string _folder = Directory.CreateTempSubdirectory("gatehouse-").FullName;
    private RunningGateway? _gateway;
    private SimulatedGenesys? _genesys;

    internal RunningGateway Gateway => _gateway!;

    internal SimulatedGenesys Genesys => _genesys!;

    private protected virtual GatehouseOptions Adjust(GatehouseOptions options) => options;

    public async Task InitializeAsync()
    {
        _genesys = await SimulatedGenesys.StartAsync();
        _gateway = await StartAgainAsync();
    }

    public async Task DisposeAsync()
    {
        await _gateway!.DisposeAsync();
        await _genesys!.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }

    /// <summary>Stops the gateway in good order and starts another on the same folder.</summary>
    internal async Task RestartAsync(Func<Task>? whileStopping = null)
    {
        await Task.WhenAll(Gateway.App.StopAsync(), whileStopping?.Invoke() ?? Task.CompletedTask);
        await Gateway.DisposeAsync();
        _gateway = await StartAgainAsync();
    }

    private Task<RunningGateway> StartAgainAsync() => RunningGateway.StartAsync(Adjust(RunningGateway.Options(_folder, Genesys.Url)));
}
