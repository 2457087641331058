using Gatehouse.Gateway.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace Gatehouse.Gateway.Tests.Running;

/// <summary>A gateway, the simulator that it delivers to, and a folder that goes with them.</summary>
public abstract class GatewayAtSimulator : IAsyncLifetime
{
    private readonly TemporaryFolder _folder = new();
    private RunningGateway? _gateway;
    private SimulatedGenesys? _genesys;

    internal RunningGateway Gateway => _gateway!;

    internal SimulatedGenesys Genesys => _genesys!;

    private protected virtual GatehouseOptions Adjust(GatehouseOptions options) => options;

    /// <summary>The gateway's clock, and the simulator's.</summary>
    private protected virtual TimeProvider Time => TimeProvider.System;

    private protected virtual TimeProvider GenesysTime => TimeProvider.System;

    public async Task InitializeAsync()
    {
        _genesys = await SimulatedGenesys.StartAsync(GenesysTime);
        _gateway = await StartAgainAsync();
    }

    public async Task DisposeAsync()
    {
        await _gateway!.DisposeAsync();
        await _genesys!.DisposeAsync();
        _folder.Dispose();
    }

    /// <summary>Stops the gateway in good order and starts another on the same folder.</summary>
    internal async Task RestartAsync(Func<Task>? whileStopping = null)
    {
        await Task.WhenAll(Gateway.App.StopAsync(), whileStopping?.Invoke() ?? Task.CompletedTask);
        await Gateway.DisposeAsync();
        _gateway = await StartAgainAsync();
    }

    /// <summary>What the gateway runs with beside what it brings.</summary>
    private protected virtual void Add(IServiceCollection services) => services.AddSingleton(Time);

    private protected virtual GatehouseOptions Options(GatehouseOptions options) => Adjust(options);

    private Task<RunningGateway> StartAgainAsync() => RunningGateway.StartAsync(Options(RunningGateway.Options(_folder.Path, Genesys.Url)), Add);
}
