using System.Runtime.CompilerServices;
using Gatehouse.Gateway.Configuration;
using Gatehouse.Genesys.Routes;
using Microsoft.Extensions.DependencyInjection;

namespace Gatehouse.Gateway.Tests.Running;

/// <summary>A gateway on a clock that the test moves, whose route the test scripts. Tokens come from the simulator.</summary>
public abstract class GatewayAtScript : GatewayAtSimulator
{
    internal ScriptedRoute Route { get; } = new();

    internal ManualTime Clock { get; } = new();

    private protected sealed override TimeProvider Time => Clock;

    /// <summary>Looks until it holds, a fifth of a second by the gateway's clock between looks.</summary>
    internal Task PassTimeUntilAsync(Func<bool> condition, [CallerArgumentExpression(nameof(condition))] string what = "") => Eventually.HoldsAsync(what, async () =>
    {
        Clock.Advance(TimeSpan.FromMilliseconds(200));
        // A call of its own pace: what became due has its turn.
        using var reply = await Gateway.Http.GetAsync("/health/live");
        return condition() ? null : "it is not so";
    });

    private protected override void Add(IServiceCollection services)
    {
        base.Add(services);
        services.AddSingleton<IDeliveryRoute>(Route);
    }

    private protected sealed override GatehouseOptions Options(GatehouseOptions options)
    {
        options = base.Options(options with { State = new StateOptions { Store = StateStore.Memory } });
        return options with { Delivery = options.Delivery with { Route = ScriptedRoute.RouteName, Offer = [ContactAttachmentsRoute.RouteName] } };
    }
}
