using System.Buffers;
using System.Net.WebSockets;

namespace Gatehouse.Genesys.Routes;

/// <summary>One connection of a guest: whole text messages in and out, bounded.</summary>
internal sealed class GuestSocket : IDisposable
{
    /// <summary>The longest message that is read; a session's history is not asked for.</summary>
    private const int MaxFrameBytes = 256 * 1024;

    private readonly ClientWebSocket _socket;
    private readonly ArrayBufferWriter<byte> _frame = new(4096);

    private GuestSocket(ClientWebSocket socket) => _socket = socket;

    /// <exception cref="GuestConnectException">The service did not let it in.</exception>
    public static async ValueTask<GuestSocket> ConnectAsync(WebMessagingOptions options, HttpMessageInvoker http, CancellationToken cancellationToken)
    {
        var socket = new ClientWebSocket();
        try
        {
            socket.Options.CollectHttpResponseDetails = true;
            if (options.Origin is { } origin) socket.Options.SetRequestHeader("Origin", origin);
            socket.Options.SetRequestHeader("User-Agent", GenesysHttp.UserAgent);
            var address = new UriBuilder(options.Address) { Query = "deploymentId=" + Uri.EscapeDataString(options.DeploymentId) }.Uri;
            await socket.ConnectAsync(address, http, cancellationToken);
            return new GuestSocket(socket);
        }
        catch (WebSocketException e)
        {
            var status = (int)socket.HttpStatusCode;
            socket.Dispose();
            throw new GuestConnectException(status == 0 ? null : status, e);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    public ValueTask SendAsync(ReadOnlyMemory<byte> frame, CancellationToken cancellationToken) => _socket.SendAsync(frame, WebSocketMessageType.Text, endOfMessage: true, cancellationToken);

    /// <summary>The next message that can be understood; null when the service closed the connection.</summary>
    public async ValueTask<GuestFrame?> ReceiveAsync(CancellationToken cancellationToken)
    {
        while (true)
        {
            _frame.ResetWrittenCount();
            ValueWebSocketReceiveResult received;
            do
            {
                received = await _socket.ReceiveAsync(_frame.GetMemory(4096), cancellationToken);
                if (received.MessageType == WebSocketMessageType.Close) return null;
                _frame.Advance(received.Count);
                if (_frame.WrittenCount > MaxFrameBytes) throw new WebSocketException(WebSocketError.HeaderError, "A message is longer than is read.");
            }
            while (!received.EndOfMessage);
            if (GuestFrame.Parse(_frame.WrittenMemory) is { } frame) return frame;
        }
    }

    /// <summary>The session itself lives on: the customer's own window holds it too.</summary>
    public void Dispose() => _socket.Dispose();
}

/// <summary>The web messaging service let nobody in.</summary>
internal sealed class GuestConnectException(int? status, Exception innerException) : Exception("The web messaging connection was not made.", innerException)
{
    /// <summary>The HTTP status in place of 101; null: no answer.</summary>
    public int? Status { get; } = status;
}
