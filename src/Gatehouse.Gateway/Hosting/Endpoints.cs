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
    private static readonly string[] GetAndHead = [HttpMethods.Get, HttpMethods.Head];

    public static void MapGatehouse(this WebApplication app)
    {
        var services = app.Services;
        var upload = services.GetRequiredService<UploadEndpoint>();
        var lookUp = services.GetRequiredService<LookUpEndpoints>();
        var events = services.GetRequiredService<EventsEndpoint>();
        var policy = services.GetRequiredService<PolicyEndpoints>();

        app.UseRequestNames();
        app.UseProblemsForFaults();
        app.UseProblemsForNothingThere();
        app.MapPost("/upload", (RequestDelegate)upload.HandleAsync);
        app.MapPost("/v1/uploads", (RequestDelegate)upload.HandleAsync);
        Get("/v1/uploads/{id}", (HttpContext http, string id) => lookUp.UploadAsync(http, id));
        Get("/v1/uploads/{id}/events", (HttpContext http, string id) => events.HandleAsync(http, id));
        Get("/v1/contacts/{id}/uploads", (RequestDelegate)lookUp.ContactAsync);
        Get("/v1/policy", (RequestDelegate)policy.PolicyAsync);
        Get("/v1/policy/messenger", (RequestDelegate)policy.MessengerAsync);
        Get("/web-messaging-config.js", (RequestDelegate)policy.ScriptAsync);
        Get("/problems/{code}", (HttpContext http, string code) => ProblemPage.WriteAsync(http, code, http.RequestAborted));
        Get("/health/live", (RequestDelegate)HealthEndpoints.LiveAsync);
        Get("/health/ready", (RequestDelegate)services.GetRequiredService<HealthEndpoints>().ReadyAsync);
        Get("/metrics", (RequestDelegate)services.GetRequiredService<MetricsEndpoint>().HandleAsync);
        if (app.Environment.IsDevelopment()) Get("/", (RequestDelegate)services.GetRequiredService<HomePage>().HandleAsync);

        // HEAD wherever GET is (RFC 9110, section 9.1); the server sends no body then.
        void Get(string pattern, Delegate handler) => app.MapMethods(pattern, GetAndHead, handler);
    }
}
