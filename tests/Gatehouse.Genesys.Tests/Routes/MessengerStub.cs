using System.Collections.Concurrent;
using System.Net.WebSockets;
using System.Text;
using System.Text.Json;
using Gatehouse.Genesys.Routes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Gatehouse.Genesys.Tests.Routes;

/// <summary>A real WebSocket server in web messaging's place, on which everything works but for what the test says; and the route that speaks to it.</summary>
internal sealed class MessengerStub : IAsyncDisposable
{
    public const string Token = "5f1a4b0e-guest";

    private readonly WebApplication _app;
    private readonly HttpMessageInvoker _http;
    private readonly GuestTokenVault _vault = new(new byte[GuestTokenVault.KeyLength]);

    private MessengerStub(WebApplication app)
    {
        _app = app;
        _app.UseWebSockets();
        _app.Run(HandleAsync);
        _app.StartAsync().GetAwaiter().GetResult();
        var options = new GenesysOptions { LoginBaseAddress = Address, ApiBaseAddress = Address, ClientId = "c", ClientSecret = "s", CallTimeoutSeconds = 20 };
        _http = GenesysHttp.Create(options);
        var client = new GenesysClient(_http, options, Gate, TimeProvider.System, NoGenesysTelemetry.Instance);
        Route = new WebMessagingRoute(
            _http, client, options, new WebMessagingOptions("deployment-1", new Uri(Address.Replace("http", "ws", StringComparison.Ordinal) + "/v1"), "https://shop.example", 10_240), _vault, new FixedLinks());
    }

    public FixedGate Gate { get; } = new();

    public WebMessagingRoute Route { get; }

    public ConcurrentQueue<JsonElement> Frames { get; } = new();

    public ConcurrentQueue<Seen> Puts { get; } = new();

    public ConcurrentQueue<string> Connects { get; } = new();

    /// <summary>Frames that answer an action (<c>put</c>: what follows an upload) in place of the usual ones; null: the usual ones.</summary>
    public Func<string, JsonElement, string[]?> Answer { get; set; } = static (_, _) => null;

    public int ConnectStatus { get; set; } = 101;

    public int PutStatus { get; set; } = 200;

    public string Session { get; set; } = """{"connected":true,"newSession":false,"readOnly":false,"allowedMedia":{"inbound":{"fileTypes":[{"type":"*/*"}],"maxFileSizeKB":10240}},"blockedExtensions":[".exe"]}""";

    private string Address => _app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.Single();

    public static MessengerStub Start()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(System.Net.IPAddress.Loopback, 0));
        return new MessengerStub(builder.Build());
    }

    public IEnumerable<string> Actions => Frames.Select(f => f.GetProperty("action").GetString()!);

    public async Task<RouteOutcome> SendAsync(string mime = "application/pdf", string filename = "return slip.pdf", long size = 5, IDeliveryRoute? route = null)
    {
        var upload = RoutesRig.Upload(mime: mime, filename: filename, size: size);
        upload = upload with { SenderId = _vault.Seal(upload.Id, Token) };
        return await (route ?? Route).SendAsync(upload, new MemoryFile("hello"u8.ToArray()), Permit.None, CancellationToken.None);
    }

    /// <summary>A frame of the service.</summary>
    public static string Frame(string @class, string body, int code = 200, string? tracing = null) =>
        $$"""{"type":"response","class":"{{@class}}","code":{{code}},"body":{{body}}{{(tracing is null ? "" : $",\"tracingId\":\"{tracing}\"")}} }""";

    public static string Error(int code, string? tracing = null) => Frame("GenericError", $$"""{"errorCode":{{code}},"errorMessage":"It went wrong"}""", 400, tracing);

    public async ValueTask DisposeAsync()
    {
        _http.Dispose();
        await _app.DisposeAsync();
    }

    private async Task HandleAsync(HttpContext context)
    {
        if (!context.WebSockets.IsWebSocketRequest)
        {
            await PutAsync(context);
            return;
        }
        Connects.Enqueue($"{context.Request.QueryString} {context.Request.Headers.Origin} {context.Request.Headers.Authorization}");
        if (ConnectStatus != 101)
        {
            context.Response.StatusCode = ConnectStatus;
            return;
        }
        using var socket = await context.WebSockets.AcceptWebSocketAsync();
        var buffer = new byte[64 * 1024];
        try
        {
            while (await socket.ReceiveAsync(buffer, context.RequestAborted) is { MessageType: WebSocketMessageType.Text } received)
            {
                var frame = JsonSerializer.Deserialize<JsonElement>(buffer.AsSpan(0, received.Count));
                Frames.Enqueue(frame);
                var action = frame.GetProperty("action").GetString()!;
                foreach (var text in Answer(action, frame) ?? Usual(action, frame))
                {
                    if (text is "close")
                    {
                        context.Abort();
                        return;
                    }
                    await socket.SendAsync(Encoding.UTF8.GetBytes(text), WebSocketMessageType.Text, endOfMessage: true, context.RequestAborted);
                }
            }
        }
        catch (Exception e) when (e is WebSocketException or OperationCanceledException)
        {
            // The guest left.
        }
    }

    private async Task PutAsync(HttpContext context)
    {
        var body = new MemoryStream();
        await context.Request.Body.CopyToAsync(body);
        Puts.Enqueue(new Seen(context.Request.Method, context.Request.Path, context.Request.Headers.ToDictionary(h => h.Key, h => h.Value.ToString(), StringComparer.OrdinalIgnoreCase), body.ToArray()));
        context.Response.StatusCode = PutStatus;
    }

    /// <summary>The upload's end is told with the answer that says where it is to be put: the order of the two does not matter to a client that reads on.</summary>
    private string[] Usual(string action, JsonElement frame)
    {
        var tracing = frame.GetProperty("tracingId").GetString();
        switch (action)
        {
            case "configureSession":
                return [Frame("PresenceEvent", "{}"), Frame("SessionResponse", Session, tracing: tracing)];
            case "onAttachment":
                var id = frame.GetProperty("attachmentId").GetString();
                var after = Answer("put", frame) ?? [Frame("UploadSuccessEvent", $$"""{"attachmentId":"{{id}}","downloadUrl":"https://files.example"}""")];
                return [Frame("PresignedUrlResponse", $$"""{"attachmentId":"{{id}}","url":"{{Address}}/put/1","headers":{"x-amz-tagging":"abc"},"fileType":"{{frame.GetProperty("fileType").GetString()}}"}""", tracing: tracing), .. after];
            default:
                return [Frame("StructuredMessage", """{"id":"message-1","direction":"Inbound"}""", tracing: tracing)];
        }
    }
}
