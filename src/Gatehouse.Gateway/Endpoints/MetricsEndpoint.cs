using Gatehouse.Gateway.Callers;
using Gatehouse.Gateway.Problems;
using Gatehouse.Gateway.Telemetry;
using Microsoft.AspNetCore.Http;
using Prometheus;

namespace Gatehouse.Gateway.Endpoints;

/// <summary><c>GET /metrics</c>, Prometheus' text format 0.0.4: for this machine, and for callers with the scope <c>read</c>.</summary>
public sealed class MetricsEndpoint(GatewayMetrics metrics, ApiKeys keys)
{
    public async Task HandleAsync(HttpContext http)
    {
        if (!http.IsLocal() && keys.Refuse(http, CallerScopes.Read) is { } refused)
        {
            await ProblemResponse.WriteAsync(http, refused, http.RequestAborted);
            return;
        }
        using var body = new MemoryStream();
        await metrics.Registry.CollectAndExportAsTextAsync(body, ExpositionFormat.PrometheusText, http.RequestAborted);
        http.Response.ContentType = "text/plain; version=0.0.4; charset=utf-8";
        http.Response.ContentLength = body.Length;
        await http.Response.Body.WriteAsync(body.GetBuffer().AsMemory(0, (int)body.Length), http.RequestAborted);
    }
}
