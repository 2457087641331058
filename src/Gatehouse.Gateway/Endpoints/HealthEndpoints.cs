using System.Buffers;
using System.Text.Json;
using Gatehouse.Gateway.Callers;
using Gatehouse.Gateway.Health;
using Microsoft.AspNetCore.Http;

namespace Gatehouse.Gateway.Endpoints;

/// <summary><c>GET /health/live</c>: the process answers. <c>GET /health/ready</c>: 503 only when this node cannot accept safely; trouble elsewhere shows as <c>degraded</c> with 200.</summary>
public sealed class HealthEndpoints(Readiness readiness)
{
    /// <summary>For this machine's own supervisor only: it says nothing that a balancer may act on.</summary>
    public static async Task LiveAsync(HttpContext http)
    {
        if (!http.IsLocal())
        {
            http.Response.StatusCode = StatusCodes.Status404NotFound;
            return;
        }
        await JsonResponse.WriteAsync(http, """{"status":"live"}"""u8.ToArray());
    }

    public async Task ReadyAsync(HttpContext http)
    {
        var report = await readiness.CheckAsync(http.RequestAborted);
        var body = new ArrayBufferWriter<byte>(512);
        using (var json = new Utf8JsonWriter(body))
        {
            json.WriteStartObject();
            json.WriteString("status", report.Status);
            json.WriteStartObject("checks");
            foreach (var check in report.Checks)
            {
                json.WriteStartObject(check.Name);
                json.WriteString("status", check.Trouble is null ? "ok" : check.Fatal ? "failed" : "degraded");
                if (check.Trouble is { } why) json.WriteString("detail", why);
                json.WriteEndObject();
            }
            json.WriteEndObject();
            json.WriteEndObject();
        }
        await JsonResponse.WriteAsync(http, body.WrittenMemory, report.IsReady ? StatusCodes.Status200OK : StatusCodes.Status503ServiceUnavailable);
    }
}
