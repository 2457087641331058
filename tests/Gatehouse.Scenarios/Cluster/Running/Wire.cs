using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;

namespace Gatehouse.Scenarios.Cluster.Running;

/// <summary>A way to a server that can be cut: everything passes through here until <see cref="Cut"/>, which resets every connection in the middle of whatever it says.</summary>
internal sealed class Wire : IDisposable
{
    private const int PieceBytes = 64 * 1024;

    private readonly Socket _listener = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
    private readonly ConcurrentDictionary<Socket, byte> _open = new();
    private readonly int _port;
    private volatile bool _down;

    /// <param name="port">Of the server behind, on the loopback.</param>
    public Wire(int port)
    {
        _port = port;
        _listener.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        _listener.Listen(512);
        Port = ((IPEndPoint)_listener.LocalEndPoint!).Port;
        _ = AcceptAsync();
    }

    /// <summary>Where it listens, on the loopback.</summary>
    public int Port { get; }

    public void Cut()
    {
        foreach (var socket in _open.Keys) Reset(socket);
    }

    /// <summary>Nothing gets through any more, until <see cref="Mend"/>.</summary>
    public void Break()
    {
        _down = true;
        Cut();
    }

    public void Mend() => _down = false;

    public void Dispose()
    {
        _down = true;
        _listener.Dispose();
        Cut();
    }

    private async Task AcceptAsync()
    {
        while (true)
        {
            try
            {
                _ = CarryAsync(await _listener.AcceptAsync());
            }
            catch (Exception e) when (e is SocketException or ObjectDisposedException)
            {
                if (_down) return;
            }
        }
    }

    private async Task CarryAsync(Socket near)
    {
        var far = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        near.NoDelay = true;
        _open[near] = _open[far] = 0;
        try
        {
            if (_down) return;
            await far.ConnectAsync(IPAddress.Loopback, _port);
            Task[] both = [PumpAsync(near, far), PumpAsync(far, near)];
            // One side that is cut takes the other with it; one that has said all it had to say does not.
            await await Task.WhenAny(both);
            await Task.WhenAll(both);
        }
        catch (Exception e) when (e is SocketException or ObjectDisposedException)
        {
            // Either side is gone, or the wire was cut: then both are.
        }
        finally
        {
            Reset(near);
            Reset(far);
        }
    }

    private static async Task PumpAsync(Socket from, Socket to)
    {
        var piece = GC.AllocateUninitializedArray<byte>(PieceBytes);
        for (int read; (read = await from.ReceiveAsync(piece.AsMemory())) > 0;)
        {
            for (var sent = 0; sent < read;) sent += await to.SendAsync(piece.AsMemory(sent, read - sent));
        }

        to.Shutdown(SocketShutdown.Send);
    }

    private void Reset(Socket socket)
    {
        if (!_open.TryRemove(socket, out _)) return;
        try
        {
            // No goodbye: what was under way is lost.
            socket.LingerState = new LingerOption(enable: true, seconds: 0);
        }
        catch (SocketException)
        {
            // The other side was faster.
        }

        socket.Dispose();
    }
}
