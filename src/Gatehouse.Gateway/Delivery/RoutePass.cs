namespace Gatehouse.Gateway.Delivery;

/// <summary>Leave to make one attempt by a route (<see cref="RouteHealth.TryEnter"/>). Dispose when the attempt has ended, whatever came of it: only so its place, and a probe's turn, goes to the next.</summary>
public sealed class RoutePass : IDisposable
{
    private RouteHealth? _health;

    internal RoutePass(RouteHealth health) => _health = health;

    public void Dispose() => Interlocked.Exchange(ref _health, null)?.Ended(this);
}
