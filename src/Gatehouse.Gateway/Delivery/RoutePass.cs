namespace Gatehouse.Gateway.Delivery;

/// <summary>Leave to make one attempt by a route (<see cref="RouteHealth.TryEnter"/>). Dispose when the attempt has ended, whatever came of it: a probe's own pass alone lets the next probe go.</summary>
public sealed class RoutePass : IDisposable
{
    /// <summary>For an attempt while the circuit is closed: it holds nobody up.</summary>
    public static readonly RoutePass Free = new(health: null);

    private readonly RouteHealth? _health;

    private RoutePass(RouteHealth? health) => _health = health;

    public void Dispose() => _health?.Ended(this);

    internal static RoutePass Probe(RouteHealth health) => new(health);
}
