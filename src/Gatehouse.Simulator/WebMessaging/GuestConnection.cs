using System.Buffers;
using System.Net.WebSockets;

namespace Gatehouse.Simulator;

/// <summary>One WebSocket of a guest: whole text frames, in and out.</summary>
internal sealed class GuestConnection(WebSocket socket, HttpRequest request) : IDisposable
{
    private const int MostFrameBytes = 64 * 1024;

    // A guest that reads no more must not hold up the other connections of its session.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    private readonly SemaphoreSlim _sending = new(1);
    private readonly ArrayBufferWriter<byte> _frame = new(4096);

    public HttpRequest Request { get; } = request;

    /// <summary>The deployment that the connection was made to; null when its address named none.</summary>
    public string? Deployment { get; } = request.Query["deploymentId"] is [{ Length: > 0 } id] ? id : null;

    /// <summary>The sessions that were configured on it, by token.</summary>
    public Dictionary<string, GuestSession> Sessions { get; } = new(StringComparer.Ordinal);

    /// <summary>The next frame, good until the one after; null when the guest has gone or sent what is no frame.</summary>
    public async ValueTask<ReadOnlyMemory<byte>?> ReceiveAsync(CancellationToken cancellationToken)
    {
        _frame.ResetWrittenCount();
        while (true)
        {
            var received = await socket.ReceiveAsync(_frame.GetMemory(4096), cancellationToken);
            if (received.MessageType == WebSocketMessageType.Close)
            {
                await CloseAsync(WebSocketCloseStatus.NormalClosure, cancellationToken);
                return null;
            }

            _frame.Advance(received.Count);
            if (received.MessageType != WebSocketMessageType.Text || _frame.WrittenCount > MostFrameBytes)
            {
                await CloseAsync(received.MessageType == WebSocketMessageType.Text ? WebSocketCloseStatus.MessageTooBig : WebSocketCloseStatus.InvalidMessageType, cancellationToken);
                return null;
            }

            if (received.EndOfMessage)
                return _frame.WrittenMemory;
        }
    }

    /// <summary>Does nothing when the guest has gone.</summary>
    public async Task SendAsync(ReadOnlyMemory<byte> frame, CancellationToken cancellationToken)
    {
        await _sending.WaitAsync(cancellationToken);
        try
        {
            using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
            limit.CancelAfter(Patience);
            if (socket.State is WebSocketState.Open)
                await socket.SendAsync(frame, WebSocketMessageType.Text, endOfMessage: true, limit.Token);
        }
        catch (Exception gone) when (gone is WebSocketException or ObjectDisposedException or OperationCanceledException)
        {
            // Its own loop sees that too, and ends.
        }
        finally
        {
            _sending.Release();
        }
    }

    public void Abort() => socket.Abort();

    public void Dispose()
    {
        foreach (var session in Sessions.Values)
            session.Leave(this);
        socket.Dispose();
    }

    private async Task CloseAsync(WebSocketCloseStatus status, CancellationToken cancellationToken)
    {
        if (socket.State is WebSocketState.Open or WebSocketState.CloseReceived)
            await socket.CloseOutputAsync(status, statusDescription: null, cancellationToken);
    }
}
