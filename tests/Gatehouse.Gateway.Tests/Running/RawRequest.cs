using System.Net.Sockets;
using System.Text;

namespace Gatehouse.Gateway.Tests.Running;

/// <summary>A request as it is written, for what an HTTP client would put right or not send.</summary>
internal static class RawRequest
{
    /// <summary>Head and body of the answer, in Latin-1.</summary>
    public static Task<string> GetAsync(Uri gateway, string target) => SendAsync(gateway, Encoding.ASCII.GetBytes($"GET {target} HTTP/1.1\r\nHost: gatehouse\r\nConnection: close\r\n\r\n"));

    /// <param name="request">One that asks for the connection to be closed.</param>
    public static async Task<string> SendAsync(Uri gateway, byte[] request)
    {
        using var client = new TcpClient(gateway.Host, gateway.Port);
        var stream = client.GetStream();
        await stream.WriteAsync(request);
        using var reader = new StreamReader(stream, Encoding.Latin1);
        return await reader.ReadToEndAsync();
    }
}
