using Gatehouse.Gateway.Configuration;
using Gatehouse.Genesys.Routes;
using Microsoft.Extensions.DependencyInjection;

namespace Gatehouse.Gateway.Tests.Running;

/// <summary>A gateway on a clock that the test moves, whose route the test scripts. Tokens come from the simulator.</summary>
public abstract class GatewayAtScript : IAsyncLifetime
{
    private readonly string _folder = Directory.CreateTempSubdirectory("gatehouse-").FullName;
    private RunningGateway? _gateway;
    private SimulatedGenesys? _genesys;

    internal RunningGateway Gateway => _gateway!;

    internal ScriptedRoute Route { get; } = new();

    internal ManualTime Clock { get; } = new();

    private protected virtual GatehouseOptions Adjust(GatehouseOptions options) => options;

    public async Task InitializeAsync()
    {
        _genesys = await SimulatedGenesys.StartAsync();
        var options = Adjust(RunningGateway.Options(_folder, _genesys.Url) with { State = new StateOptions { Store = StateStore.Memory } });
        options = options with { Delivery = options.Delivery with { Route = ScriptedRoute.RouteName } };
        _gateway = await RunningGateway.StartAsync(options, services => services.AddSingleton<IDeliveryRoute>(Route).AddSingleton<TimeProvider>(Clock));
    }

    public async Task DisposeAsync()
    {
        await _gateway!.DisposeAsync();
        await _genesys!.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }

    /// <summary>Looks until it holds, a fifth of a second by the gateway's clock between looks.</summary>
    internal Task PassTimeUntilAsync(Func<bool> condition) => Eventually.GetAsync(async () =>
    {
        Clock.Advance(TimeSpan.FromMilliseconds(200));
        // A call of its own pace: what became due has its turn.
        using var reply = await Gateway.Http.GetAsync("/health/live");
        return (condition(), "");
    });
}
