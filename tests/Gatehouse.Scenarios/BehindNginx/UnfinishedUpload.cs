using System.Net.Sockets;
using System.Text;

namespace Gatehouse.Scenarios.BehindNginx;

/// <summary>An upload of 3 MB of which only the beginning is ever sent, over a socket of its own: HttpClient shows no answer before it has sent the whole.</summary>
internal sealed class UnfinishedUpload(Uri url) : IDisposable
{
    private const string Boundary = "unfinished";

    private readonly TcpClient _client = new();

    public async Task SendAsync(string contact, string authorization, ReadOnlyMemory<byte> beginning)
    {
        var form = $"--{Boundary}\r\nContent-Disposition: form-data; name=\"contact_id\"\r\n\r\n{contact}\r\n--{Boundary}\r\nContent-Disposition: form-data; name=\"file\"; filename=\"program.png\"\r\n\r\n";
        var head = $"POST /upload HTTP/1.1\r\nHost: {url.Authority}\r\nAuthorization: {authorization}\r\nContent-Type: multipart/form-data; boundary={Boundary}\r\nContent-Length: 3000000\r\n\r\n{form}";
        await _client.ConnectAsync(url.Host, url.Port);
        await _client.GetStream().WriteAsync(Encoding.ASCII.GetBytes(head));
        await _client.GetStream().WriteAsync(beginning);
    }

    /// <summary>What came of the answer when <paramref name="expected"/> was in it, or all that came.</summary>
    public async Task<string> ReadUntilAsync(string expected)
    {
        var answer = new StringBuilder();
        var piece = new byte[4096];
        for (int read; !answer.ToString().Contains(expected, StringComparison.Ordinal) && (read = await _client.GetStream().ReadAsync(piece)) > 0;) answer.Append(Encoding.UTF8.GetString(piece.AsSpan(0, read)));
        return answer.ToString();
    }

    public void Dispose() => _client.Dispose();
}
