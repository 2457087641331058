using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Gatehouse.Storage.Tests.Objects;

/// <summary>Stands between a store and its server, and answers in its place when it is in the mood. Each connection serves one request.</summary>
internal sealed class MoodyStore : IAsyncDisposable
{
    /// <summary>It listens and says nothing.</summary>
    public const string Silent = "";

    /// <summary>It hangs up.</summary>
    public const string Closed = "closed";

    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _stop = new();
    private readonly Task _accepting;
    private readonly int _server;

    public MoodyStore(int server)
    {
        _server = server;
        _listener.Start();
        _accepting = AcceptAsync();
    }

    public Uri Address => new($"http://127.0.0.1:{((IPEndPoint)_listener.LocalEndpoint).Port}");

    /// <summary>What it answers instead: a status line, <see cref="Silent"/> or <see cref="Closed"/>; null: whatever the server does.</summary>
    public volatile string? Mood;

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        _listener.Stop();
        await _accepting.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        _stop.Dispose();
    }

    private async Task AcceptAsync()
    {
        var carried = new List<Task>();
        try
        {
            while (true) carried.Add(CarryAsync(await _listener.AcceptTcpClientAsync(_stop.Token)));
        }
        finally
        {
            await Task.WhenAll(carried).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    /// <summary>A connection that is kept open from a better mood must not escape the next: its first bytes tell.</summary>
    private async Task CarryAsync(TcpClient client)
    {
        using (client)
        using (var server = new TcpClient())
        {
            var (asks, answers) = (client.GetStream(), default(NetworkStream));
            var piece = new byte[64 * 1024];
            Task? back = null;
            for (int read; (read = await asks.ReadAsync(piece, _stop.Token)) > 0;)
            {
                if (Mood is { } mood)
                {
                    if (mood is Silent) await Task.Delay(Timeout.Infinite, _stop.Token);
                    if (mood is not Closed) await asks.WriteAsync(Encoding.ASCII.GetBytes($"{mood}\r\nConnection: close\r\nContent-Length: 0\r\n\r\n"), _stop.Token);
                    return;
                }
                if (answers is null)
                {
                    await server.ConnectAsync(IPAddress.Loopback, _server, _stop.Token);
                    answers = server.GetStream();
                    back = answers.CopyToAsync(asks, _stop.Token);
                }
                await answers.WriteAsync(piece.AsMemory(0, read), _stop.Token);
            }
            server.Close();
            if (back is not null) await back.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }
}
