using System.Globalization;
using System.Net.Sockets;
using System.Text;

namespace Gatehouse.Load;

/// <summary>One reply: its status, whether the connection lives on, and its body for a message when it is not what it should be.</summary>
internal readonly record struct HttpReply(int Status, bool KeepAlive, string Body);

/// <summary>Reads HTTP/1.1 replies (RFC 9112) off a socket into one buffer. Just enough of it for small replies with a length or in chunks.</summary>
internal sealed class ReplyReader(Socket socket)
{
    private const int MostReplyBytes = 64 * 1024;

    private readonly byte[] _buffer = new byte[MostReplyBytes];

    /// <exception cref="IOException">The connection ended first, or the reply is not one that this program reads.</exception>
    public async ValueTask<HttpReply> ReadAsync(CancellationToken cancellationToken)
    {
        var filled = 0;
        while (true)
        {
            if (filled == _buffer.Length)
                throw new IOException("A reply is longer than 64 KB.");
            var read = await socket.ReceiveAsync(_buffer.AsMemory(filled), cancellationToken);
            if (read == 0)
                throw new IOException("The server closed the connection in the middle of a reply.");
            filled += read;
            if (Parse(_buffer.AsSpan(0, filled)) is { } reply)
                return reply;
        }
    }

    private static HttpReply? Parse(ReadOnlySpan<byte> bytes)
    {
        var headersEnd = bytes.IndexOf("\r\n\r\n"u8);
        if (headersEnd < 0)
            return null;
        var headers = Encoding.ASCII.GetString(bytes[..headersEnd]);
        var body = bytes[(headersEnd + 4)..];
        if (headers.Length < 12 || !int.TryParse(headers.AsSpan(9, 3), NumberStyles.None, CultureInfo.InvariantCulture, out var status))
            throw new IOException("A reply does not begin with an HTTP status.");

        var whole = Header(headers, "content-length") is { } length
            ? body.Length >= int.Parse(length, CultureInfo.InvariantCulture)
            : Header(headers, "transfer-encoding") is not null
                ? body.EndsWith("0\r\n\r\n"u8)
                : throw new IOException("A reply has neither a length nor chunks.");
        if (!whole)
            return null;
        var keepAlive = !string.Equals(Header(headers, "connection"), "close", StringComparison.OrdinalIgnoreCase);
        return new HttpReply(status, keepAlive, status == 200 ? "" : Encoding.UTF8.GetString(body));
    }

    private static string? Header(string headers, string name)
    {
        foreach (var line in headers.AsSpan().EnumerateLines())
        {
            if (line.Length > name.Length && line[name.Length] == ':' && line.StartsWith(name, StringComparison.OrdinalIgnoreCase))
                return line[(name.Length + 1)..].Trim().ToString();
        }

        return null;
    }
}
