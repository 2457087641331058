using System.Net;
using System.Net.Sockets;
using System.Text;
using Gatehouse.Gateway.Http;
using Gatehouse.Gateway.Multipart;
using Gatehouse.Gateway.Problems;
using Gatehouse.Gateway.Tests.Multipart;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Gatehouse.Gateway.Tests.Http;

/// <summary>A real server on a free port whose only endpoint reads a form and answers or refuses.</summary>
public sealed class EdgeServer : IAsyncLifetime
{
    private WebApplication? _app;

    public const long MaxFileBytes = 5 * 1024 * 1024;

    public int Port { get; private set; }

    public Uri Upload => new($"http://127.0.0.1:{Port}/upload");

    internal DrainLimits Drain { get; set; } = new();

    internal int MinBytesPerSecond { get; set; }

    /// <summary>Refuse before the body is touched, as Knock does.</summary>
    internal bool RefuseUnread { get; set; }

    /// <summary>What the last request's sink was given.</summary>
    internal RecordingSink? LastSink { get; private set; }

    /// <summary>Set when the last request's refusal, its draining included, has ended.</summary>
    internal TaskCompletionSource Refused { get; private set; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public async Task InitializeAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.WebHost.ConfigureKestrel(options => MinimumRate.Apply(options.Limits, MinBytesPerSecond, TimeSpan.FromSeconds(1.5)));
        _app = builder.Build();
        _app.Run(AnswerAsync);
        await _app.StartAsync();
        Port = new Uri(_app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.Single()).Port;
    }

    public async Task DisposeAsync() => await _app!.DisposeAsync();

    /// <summary>A connection of its own.</summary>
    internal async Task<Socket> ConnectAsync()
    {
        var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        await socket.ConnectAsync(IPAddress.Loopback, Port);
        return socket;
    }

    /// <summary>Sends raw bytes and reads until the server closes: the request asks for that.</summary>
    internal async Task<string> SendRawAsync(byte[] request)
    {
        using var socket = await ConnectAsync();
        await socket.SendAsync(request);
        return await ReadToEndAsync(socket);
    }

    internal static async Task<string> ReadToEndAsync(Socket socket)
    {
        var text = new StringBuilder();
        var buffer = new byte[4096];
        int count;
        // A server that does not close fails the test instead of holding it up.
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        while ((count = await socket.ReceiveAsync(buffer, patience.Token)) > 0) text.Append(Encoding.UTF8.GetString(buffer, 0, count));
        return text.ToString();
    }

    private async Task AnswerAsync(HttpContext context)
    {
        var sink = LastSink = new RecordingSink();
        var limits = new FormLimits { MaxFileBytes = MaxFileBytes };
        var problem = RefuseUnread
            ? new Problem(ProblemCodes.QuotaExceeded)
            : await FormBody.ReadAsync(context, limits, sink, context.RequestAborted);
        if (problem is not null)
        {
            await Refusal.SendAsync(context, problem, Drain, TimeProvider.System, CancellationToken.None);
            Refused.TrySetResult();
            return;
        }
        await context.Response.WriteAsync(sink.File!.Filename);
    }
}
