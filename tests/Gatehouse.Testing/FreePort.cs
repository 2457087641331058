using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;

namespace Gatehouse.Testing;

/// <summary>A port for a server that binds it later. It is none that the system gives to outgoing connections: one of those could take it in between.</summary>
public static class FreePort
{
    /// <summary>Above what services are registered for and what the machine may run, below where Linux begins to give ports (32,768).</summary>
    private const int First = 20_000, End = 32_768;

    private static readonly ConcurrentDictionary<int, bool> Given = new();

    public static int Next()
    {
        for (var tried = 0; tried < End - First; tried++)
        {
            var port = Random.Shared.Next(First, End);
            if (!Given.ContainsKey(port) && IsFree(port) && Given.TryAdd(port, true)) return port;
        }

        throw new InvalidOperationException($"No port from {First} to {End - 1} is free.");
    }

    /// <summary>A loopback address that nothing listens on.</summary>
    public static Uri Address() => new($"http://127.0.0.1:{Next()}");

    private static bool IsFree(int port)
    {
        using var probe = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        try
        {
            probe.Bind(new IPEndPoint(IPAddress.Loopback, port));
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }
}
