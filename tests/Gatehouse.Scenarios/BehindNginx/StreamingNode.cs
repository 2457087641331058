using System.Net;
using System.Net.Sockets;

namespace Gatehouse.Scenarios.BehindNginx;

/// <summary>A node that answers one request with an event, and the next event only when the test says so.</summary>
internal sealed class StreamingNode : IDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly TaskCompletionSource _next = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public StreamingNode()
    {
        _listener.Start();
        Url = new Uri($"http://{_listener.LocalEndpoint}");
        Answering = AnswerAsync();
    }

    public Uri Url { get; }

    public Task Answering { get; }

    public void SendTheNext() => _next.TrySetResult();

    public void Dispose() => _listener.Dispose();

    private async Task AnswerAsync()
    {
        using var socket = await _listener.AcceptSocketAsync();
        await using var stream = new NetworkStream(socket);
        await ReadHeadAsync(stream);
        await stream.WriteAsync("HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nTransfer-Encoding: chunked\r\n\r\n9\r\ndata: 1\n\n\r\n"u8.ToArray());
        await _next.Task;
        await stream.WriteAsync("9\r\ndata: 2\n\n\r\n0\r\n\r\n"u8.ToArray());
    }

    private static async Task ReadHeadAsync(NetworkStream stream)
    {
        var read = 0;
        var head = new byte[16 * 1024];
        while (!head.AsSpan(0, read).EndsWith("\r\n\r\n"u8)) read += await stream.ReadAsync(head.AsMemory(read));
    }
}
