using Gatehouse.Gateway.Endpoints;
using Gatehouse.Gateway.Problems;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Gatehouse.Gateway.Hosting;

/// <summary>Every address that the gateway answers.</summary>
public static class EndpointsExtensions
{
    public static void MapGatehouse(this WebApplication app)
    {
        var services = app.Services;
        var upload = services.GetRequiredService<UploadEndpoint>();
        var lookUp = services.GetRequiredService<LookUpEndpoints>();
        var policy = services.GetRequiredService<PolicyEndpoints>();

        app.UseProblemsForFaults();
        app.MapPost("/upload", (RequestDelegate)upload.HandleAsync);
        app.MapPost("/v1/uploads", (RequestDelegate)upload.HandleAsync);
        app.MapGet("/v1/uploads/{id}", (HttpContext http, string id) => lookUp.UploadAsync(http, id));
        app.MapGet("/v1/contacts/{id}/uploads", (HttpContext http, string id) => lookUp.ContactAsync(http, id));
        app.MapGet("/v1/policy", (RequestDelegate)policy.PolicyAsync);
        app.MapGet("/v1/policy/messenger", (RequestDelegate)policy.MessengerAsync);
        app.MapGet("/web-messaging-config.js", (RequestDelegate)policy.ScriptAsync);
        app.MapGet("/problems/{code}", (HttpContext http, string code) => ProblemPage.WriteAsync(http, code, http.RequestAborted));
        app.MapGet("/health/live", (RequestDelegate)HealthEndpoints.LiveAsync);
        app.MapGet("/health/ready", (RequestDelegate)services.GetRequiredService<HealthEndpoints>().ReadyAsync);
        app.MapGet("/metrics", (RequestDelegate)services.GetRequiredService<MetricsEndpoint>().HandleAsync);
        if (app.Environment.IsDevelopment()) app.MapGet("/", (RequestDelegate)services.GetRequiredService<HomePage>().HandleAsync);
    }
}
