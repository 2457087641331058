using System.Net.WebSockets;
using System.Text.Json;

namespace Gatehouse.Simulator.Tests.WebMessaging;

/// <summary>A customer's Messenger: one WebSocket, frame by frame.</summary>
internal sealed class Guest(ClientWebSocket socket, string token) : IAsyncDisposable
{
    public const string Deployment = "d-1";

    private readonly byte[] _buffer = new byte[64 * 1024];

    public static async Task<Guest> ConnectAsync(RunningSimulator simulator, string token = "guest-1", string? origin = null, string query = "?deploymentId=" + Deployment)
    {
        var socket = new ClientWebSocket();
        if (origin is not null)
            socket.Options.SetRequestHeader("Origin", origin);
        await socket.ConnectAsync(new UriBuilder(simulator.Http.BaseAddress!) { Scheme = "ws", Path = "/v1", Query = query }.Uri, default);
        return new Guest(socket, token);
    }

    /// <summary>Connected, with its session.</summary>
    public static async Task<Guest> InSessionAsync(RunningSimulator simulator, string token = "guest-1")
    {
        var guest = await ConnectAsync(simulator, token);
        Assert.Equal("SessionResponse", ClassOf(await guest.ConfigureAsync()));
        return guest;
    }

    public static string? ClassOf(JsonElement frame) => frame.GetProperty("class").GetString();

    public Task<JsonElement> ConfigureAsync(string deployment = Deployment) => AskAsync(new { action = "configureSession", token, deploymentId = deployment, tracingId = "t-configure" });

    public Task<JsonElement> AttachAsync(string id, string fileName, string fileType, long fileSize, bool errorsAsJson = true) =>
        AskAsync(new { action = "onAttachment", token, attachmentId = id, fileName, fileType, fileSize, errorsAsJson, tracingId = "t-" + id });

    public Task<JsonElement> SayAsync(object message, string tracingId = "t-message") => AskAsync(new { action = "onMessage", token, tracingId, time = "2026-11-22T12:00:00.000Z", message });

    public Task<JsonElement> SendFileAsync(string id, string tracingId = "t-message") =>
        SayAsync(new { type = "Text", content = new[] { new { contentType = "Attachment", attachment = new { id } } } }, tracingId);

    public async Task<JsonElement> AskAsync(object frame)
    {
        await SendAsync(JsonSerializer.SerializeToUtf8Bytes(frame));
        return await NextAsync();
    }

    public Task SendAsync(byte[] frame) => socket.SendAsync(frame, WebSocketMessageType.Text, endOfMessage: true, default);

    public async Task<JsonElement> NextAsync()
    {
        var received = await socket.ReceiveAsync(_buffer, default).WaitAsync(TimeSpan.FromSeconds(30));
        Assert.Equal(WebSocketMessageType.Text, received.MessageType);
        Assert.True(received.EndOfMessage);
        return JsonDocument.Parse(_buffer.AsMemory(0, received.Count).ToArray()).RootElement;
    }

    /// <summary>How the service ended the connection: the close status, or null when it broke.</summary>
    public async Task<WebSocketCloseStatus?> EndAsync()
    {
        try
        {
            var received = await socket.ReceiveAsync(_buffer, default).WaitAsync(TimeSpan.FromSeconds(30));
            Assert.Equal(WebSocketMessageType.Close, received.MessageType);
            return received.CloseStatus;
        }
        catch (WebSocketException)
        {
            return null;
        }
    }

    public static Task<HttpResponseMessage> PutAsync(JsonElement presigned, byte[] bytes, string? contentType)
    {
        var body = presigned.GetProperty("body");
        return ObjectStore.PutAsync(body.GetProperty("url").GetString()!, body.GetProperty("headers"), bytes, request =>
        {
            if (contentType is not null)
                request.Content!.Headers.TryAddWithoutValidation("Content-Type", contentType);
        });
    }

    public ValueTask DisposeAsync()
    {
        socket.Dispose();
        return ValueTask.CompletedTask;
    }
}
