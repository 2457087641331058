using Gatehouse.Genesys.Routes;

namespace Gatehouse.Gateway.Delivery;

/// <summary>A route and what this node knows of its health.</summary>
public sealed record RouteInUse(IDeliveryRoute Route, RouteHealth Health);

/// <summary>The delivery routes of this deployment, by name.</summary>
public sealed class Routes(IEnumerable<RouteInUse> routes, string @default)
{
    private readonly Dictionary<string, RouteInUse> _byName = routes.ToDictionary(r => r.Route.Name, StringComparer.Ordinal);

    /// <summary>The route of uploads that name none.</summary>
    public RouteInUse Default => _byName[@default];

    public IReadOnlyCollection<RouteInUse> All => _byName.Values;

    public RouteInUse? Find(string name) => _byName.GetValueOrDefault(name);
}
