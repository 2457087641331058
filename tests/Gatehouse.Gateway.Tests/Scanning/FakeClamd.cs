using System.Buffers.Binary;
using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Text;

namespace Gatehouse.Gateway.Tests.Scanning;

/// <summary>A clamd that does what the test says, over a real socket. It speaks sessions, VERSION and INSTREAM.</summary>
internal sealed class FakeClamd : IDisposable
{
    private readonly Socket _listener;
    private readonly ConcurrentBag<Socket> _connections = [];
    private int _opened;

    /// <param name="path">Of a Unix socket; null: TCP.</param>
    /// <param name="port">0: a free one.</param>
    public FakeClamd(string? path = null, int port = 0)
    {
        _listener = path is null ? new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) : new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        _listener.Bind(path is null ? new IPEndPoint(IPAddress.Loopback, port) : new UnixDomainSocketEndPoint(path));
        _listener.Listen();
        Address = _listener.LocalEndPoint!;
        _ = AcceptAsync();
    }

    public EndPoint Address { get; }

    /// <summary>Connections that were made.</summary>
    public int Opened => Volatile.Read(ref _opened);

    /// <summary>The hashes of the files that came, in their order.</summary>
    public ConcurrentQueue<string> Scanned { get; } = new();

    public string Version { get; set; } = "ClamAV 1.4.6/27450/Thu Nov 14 09:33:00 2024";

    /// <summary>What stands behind the number, without a NUL; null: nothing is answered. Asked when a file has ended.</summary>
    public Func<byte[], string?> Answer { get; set; } = static _ => "stream: OK";

    /// <summary>Answers go out a byte at a time.</summary>
    public bool Splits { get; set; }

    /// <summary>Closes a connection instead of answering its file.</summary>
    public bool Drops { get; set; }

    /// <summary>Answers and closes as soon as a file has more bytes than this, as clamd does at its <c>StreamMaxLength</c>.</summary>
    public int? StreamMaxLength { get; set; }

    /// <summary>Answers nothing at all, VERSION neither.</summary>
    public bool Hangs { get; set; }

    /// <summary>Closes what is idle, as clamd does after a while.</summary>
    public void CloseConnections()
    {
        while (_connections.TryTake(out var connection)) connection.Dispose();
    }

    public void Dispose()
    {
        _listener.Dispose();
        CloseConnections();
    }

    private async Task AcceptAsync()
    {
        while (true)
        {
            Socket connection;
            try
            {
                connection = await _listener.AcceptAsync();
            }
            catch (Exception e) when (e is SocketException or ObjectDisposedException)
            {
                return;
            }
            Interlocked.Increment(ref _opened);
            _connections.Add(connection);
            _ = ServeAsync(connection);
        }
    }

    private async Task ServeAsync(Socket connection)
    {
        await using var stream = new NetworkStream(connection, ownsSocket: true);
        try
        {
            if (!string.Equals(await CommandAsync(stream), "zIDSESSION", StringComparison.Ordinal)) return;
            for (var number = 1; ; number++)
            {
                var command = await CommandAsync(stream);
                if (command.Length == 0) return;
                var answer = command switch
                {
                    "zVERSION" => Version,
                    "zINSTREAM" => await FileAsync(stream),
                    _ => "UNKNOWN COMMAND",
                };
                if (Hangs || answer is null) continue;
                if (answer.Length == 0) return;
                await AnswerAsync(stream, $"{number}: {answer}\0");
                if (answer.StartsWith("INSTREAM size", StringComparison.Ordinal)) return;
            }
        }
        catch (Exception e) when (e is IOException or ObjectDisposedException)
        {
            // The other side has gone.
        }
    }

    private async Task AnswerAsync(NetworkStream stream, string text)
    {
        var bytes = Encoding.Latin1.GetBytes(text);
        if (!Splits)
        {
            await stream.WriteAsync(bytes);
            return;
        }
        stream.Socket.NoDelay = true;
        foreach (var one in bytes) await stream.WriteAsync(new[] { one });
    }

    private async Task<string?> FileAsync(NetworkStream stream)
    {
        using var file = new MemoryStream();
        var head = new byte[4];
        while (true)
        {
            await stream.ReadExactlyAsync(head);
            var length = BinaryPrimitives.ReadInt32BigEndian(head);
            if (length == 0) break;
            var chunk = new byte[length];
            await stream.ReadExactlyAsync(chunk);
            file.Write(chunk);
            if (file.Length > StreamMaxLength) return "INSTREAM size limit exceeded. ERROR";
        }
        Scanned.Enqueue(Convert.ToHexStringLower(SHA256.HashData(file.ToArray())));
        return Drops ? "" : Answer(file.ToArray());
    }

    private static async Task<string> CommandAsync(NetworkStream stream)
    {
        var text = new StringBuilder();
        var one = new byte[1];
        while (await stream.ReadAsync(one) == 1)
        {
            if (one[0] == 0) return text.ToString();
            text.Append((char)one[0]);
        }
        return "";
    }
}
