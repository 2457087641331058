using System.Collections.Concurrent;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Gatehouse.Genesys.Tests;

/// <summary>A request as it came over the wire.</summary>
internal sealed record Seen(string Method, string Target, IReadOnlyDictionary<string, string> Headers, byte[] Body);

/// <summary>A real HTTP server in Genesys' place, login and API in one; the test says what it answers.</summary>
internal sealed class GenesysStub : IAsyncDisposable
{
    private readonly WebApplication _app;
    private int _tokens;

    private GenesysStub(WebApplication app) => _app = app;

    public string Address => _app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.Single();

    public ConcurrentQueue<Seen> Api { get; } = new();

    public ConcurrentQueue<Seen> Login { get; } = new();

    /// <summary>Answers the API; gets the request already read, unless <see cref="ReadsBodies"/> is off.</summary>
    public Func<HttpContext, Task> OnApi { get; set; } = context => Answer(context, 200, """{"id":"attachment-1"}""");

    /// <summary>Answers the login; by default token-1, token-2, … for a day.</summary>
    public Func<HttpContext, Task>? OnLogin { get; set; }

    public bool ReadsBodies { get; set; } = true;

    public static async Task<GenesysStub> StartAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            kestrel.Listen(System.Net.IPAddress.Loopback, 0);
            kestrel.Limits.MaxRequestBodySize = null;
        });
        var stub = new GenesysStub(builder.Build());
        stub._app.Run(stub.HandleAsync);
        await stub._app.StartAsync();
        return stub;
    }

    public static Task Answer(HttpContext context, int status, string body = "", string type = "application/json", params (string Name, string Value)[] headers)
    {
        context.Response.StatusCode = status;
        foreach (var (name, value) in headers) context.Response.Headers[name] = value;
        if (body.Length == 0) return Task.CompletedTask;
        context.Response.ContentType = type;
        return context.Response.WriteAsync(body);
    }

    public GenesysOptions Options() => new() { LoginBaseAddress = Address, ApiBaseAddress = Address, ClientId = "client-1", ClientSecret = "s3cret-of-client-1" };

    public Task IssueAsync(HttpContext context, double seconds = 86400) =>
        Answer(context, 200, FormattableString.Invariant($$"""{"access_token":"token-{{Interlocked.Increment(ref _tokens)}}","token_type":"bearer","expires_in":{{seconds}}}"""));

    public ValueTask DisposeAsync() => _app.DisposeAsync();

    private async Task HandleAsync(HttpContext context)
    {
        var body = new MemoryStream();
        if (ReadsBodies) await context.Request.Body.CopyToAsync(body, context.RequestAborted);
        var seen = new Seen(
            context.Request.Method,
            context.Features.GetRequiredFeature<IHttpRequestFeature>().RawTarget,
            context.Request.Headers.ToDictionary(h => h.Key, h => h.Value.ToString(), StringComparer.OrdinalIgnoreCase),
            body.ToArray());
        var isLogin = context.Request.Path == "/oauth/token";
        (isLogin ? Login : Api).Enqueue(seen);
        await (isLogin ? OnLogin is { } login ? login(context) : IssueAsync(context) : OnApi(context));
    }
}
