using System.Collections.Concurrent;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace Gatehouse.Simulator.Tests;

/// <summary>Where a sender keeps the files that its messages point at: a web server on a free port that does what a test says.</summary>
internal sealed class FileServer : IAsyncDisposable
{
    private readonly WebApplication _app;

    private FileServer(WebApplication app) => (_app, Url) = (app, app.Urls.First());

    public string Url { get; }

    /// <summary>The paths asked for, in order.</summary>
    public ConcurrentQueue<string> Asked { get; } = [];

    public static async Task<FileServer> StartAsync(Func<HttpContext, Task> answer)
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.Services.AddRoutingCore();
        builder.WebHost.UseKestrelCore();
        var app = builder.Build();
        app.Urls.Add("http://127.0.0.1:0");
        FileServer? server = null;
        app.MapFallback("{**path}", http =>
        {
            server!.Asked.Enqueue(http.Request.Path);
            return answer(http);
        });
        await app.StartAsync();
        return server = new FileServer(app);
    }

    public static Task<FileServer> ServingAsync(byte[] bytes, string mime) => StartAsync(http =>
    {
        http.Response.ContentType = mime;
        return http.Response.Body.WriteAsync(bytes, 0, bytes.Length);
    });

    public async ValueTask DisposeAsync() => await _app.DisposeAsync();
}
