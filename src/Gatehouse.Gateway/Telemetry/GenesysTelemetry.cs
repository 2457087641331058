using Gatehouse.Genesys;
using Microsoft.Extensions.Logging;

namespace Gatehouse.Gateway.Telemetry;

/// <summary>Counts what the Genesys room reports.</summary>
public sealed partial class GenesysTelemetry(GatewayMetrics metrics, TimeProvider time, ILogger<GenesysTelemetry> logger) : IGenesysTelemetry
{
    /// <summary>Every upload may meet the same answer; one line tells as much.</summary>
    private static readonly TimeSpan CutToldEvery = TimeSpan.FromMinutes(1);

    private long _cutToldAt;

    public void CallEnded(string operation, int? status, TimeSpan took) => metrics.Call(operation, status, took);

    public void TokenRefreshed(bool ok) => metrics.TokenRefreshed(ok);

    public void Paused(TimeSpan pause) => metrics.Paused(pause);

    public void ProfileUnreadable() => metrics.ProfileUnreadable();

    public void PauseCut(TimeSpan asked, TimeSpan granted)
    {
        metrics.PauseCut();
        var told = Interlocked.Read(ref _cutToldAt);
        if (told != 0 && time.GetElapsedTime(told) < CutToldEvery) return;
        if (Interlocked.CompareExchange(ref _cutToldAt, time.GetTimestamp(), told) == told) LogCut(logger, asked.TotalSeconds, granted.TotalSeconds);
    }

    [LoggerMessage(EventId = 1302, Level = LogLevel.Error, Message = "Genesys asks for a pause of {Asked} s, as it does when a daily limit is used up; Delivery:MaxRetryAfterSeconds grants {Granted} s, and then it is tried again. Ask Genesys which limit it is.")]
    private static partial void LogCut(ILogger logger, double asked, double granted);
}
