using System.Net;
using System.Net.Sockets;

namespace Gatehouse.Scenarios.Harness;

internal static class FreePort
{
    /// <summary>A loopback address that nothing listens on just now.</summary>
    public static Uri Address()
    {
        using var probe = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        probe.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        return new Uri($"http://127.0.0.1:{((IPEndPoint)probe.LocalEndPoint!).Port}");
    }
}
