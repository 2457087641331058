using Gatehouse.Gateway.Configuration;
using Gatehouse.Gateway.Endpoints;
using Gatehouse.Gateway.Links;
using Gatehouse.Gateway.Problems;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Gatehouse.Gateway.Hosting;

/// <summary>Every address that the gateway answers.</summary>
internal static class EndpointsExtensions
{
    private static readonly string[] GetAndHead = [HttpMethods.Get, HttpMethods.Head];

    /// <summary>What every node answers: how it is.</summary>
    public static void MapNode(this WebApplication app)
    {
        var services = app.Services;
        app.UseRequestNames();
        app.UseProblemsForFaults();
        app.UseProblemsForNothingThere();
        app.Get("/health/live", (RequestDelegate)HealthEndpoints.LiveAsync);
        app.Get("/health/ready", (RequestDelegate)services.GetRequiredService<HealthEndpoints>().ReadyAsync);
        app.Get("/metrics", (RequestDelegate)services.GetRequiredService<MetricsEndpoint>().HandleAsync);
    }

    /// <summary>Uploads and all that callers ask about them.</summary>
    public static void MapUploads(this WebApplication app)
    {
        var services = app.Services;
        var upload = services.GetRequiredService<UploadEndpoint>();
        var lookUp = services.GetRequiredService<LookUpEndpoints>();
        var events = services.GetRequiredService<EventsEndpoint>();
        var policy = services.GetRequiredService<PolicyEndpoints>();

        app.MapPost("/upload", (RequestDelegate)upload.HandleAsync);
        app.MapPost("/v1/uploads", (RequestDelegate)upload.HandleAsync);
        app.Get("/v1/uploads/{id}", (HttpContext http, string id) => lookUp.UploadAsync(http, id));
        app.Get("/v1/uploads/{id}/events", (HttpContext http, string id) => events.HandleAsync(http, id));
        app.Get("/v1/contacts/{id}/uploads", (RequestDelegate)lookUp.ContactAsync);
        app.Get("/v1/policy", (RequestDelegate)policy.PolicyAsync);
        app.Get("/v1/policy/messenger", (RequestDelegate)policy.MessengerAsync);
        app.Get("/web-messaging-config.js", (RequestDelegate)policy.ScriptAsync);
        app.Get("/problems/{code}", (HttpContext http, string code) => ProblemPage.WriteAsync(http, code, http.RequestAborted));
        if (services.GetRequiredService<LinksOptions>().Keys.Count > 0)
        {
            var files = services.GetRequiredService<FileLinkEndpoint>();
            app.Get(FileLinkEndpoint.Path + "{id}", (HttpContext http, string id) => files.HandleAsync(http, id));
        }
        if (app.Environment.IsDevelopment()) app.Get("/", (RequestDelegate)services.GetRequiredService<HomePage>().HandleAsync);
    }

    /// <summary>HEAD wherever GET is (RFC 9110, section 9.1); the server sends no body then.</summary>
    private static void Get(this WebApplication app, string pattern, Delegate handler) => app.MapMethods(pattern, GetAndHead, handler);
}
