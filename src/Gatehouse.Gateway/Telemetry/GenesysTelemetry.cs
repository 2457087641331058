using Gatehouse.Genesys;

namespace Gatehouse.Gateway.Telemetry;

/// <summary>Counts what the Genesys room reports.</summary>
public sealed class GenesysTelemetry(GatewayMetrics metrics) : IGenesysTelemetry
{
    public void CallEnded(string operation, int? status, TimeSpan took) => metrics.Call(operation, status, took);

    public void TokenRefreshed(bool ok) => metrics.TokenRefreshed(ok);

    public void Paused(TimeSpan pause) => metrics.Paused(pause);

    public void ProfileUnreadable() => metrics.ProfileUnreadable();
}
