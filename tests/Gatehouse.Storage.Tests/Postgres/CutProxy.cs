using System.Net;
using System.Net.Sockets;

namespace Gatehouse.Storage.Tests.Postgres;

/// <summary>Stands between the store and its server, and loses answers when told to: what was asked still arrives.</summary>
internal sealed class CutProxy : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _stop = new();
    private readonly Task _accepting;
    private readonly int _server;
    private TaskCompletionSource? _lost;
    private int _before;

    public CutProxy(int server)
    {
        _server = server;
        _listener.Start();
        _accepting = AcceptAsync();
    }

    public int Port => ((IPEndPoint)_listener.LocalEndpoint).Port;

    /// <summary>One of the server's next answers is lost, with its connection: the first, or the one after <paramref name="others"/>. Completes when it was.</summary>
    public Task LoseAnswer(int others = 0)
    {
        _before = others;
        _lost = new(TaskCreationOptions.RunContinuationsAsynchronously);
        return _lost.Task;
    }

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

    private async Task CarryAsync(TcpClient client)
    {
        using (client)
        using (var server = new TcpClient())
        {
            await server.ConnectAsync(IPAddress.Loopback, _server, _stop.Token);
            var asked = client.GetStream().CopyToAsync(server.GetStream(), _stop.Token);
            await AnswerAsync(server.GetStream(), client.GetStream());
            client.Close();
            await asked.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    /// <summary>Returns at the end, or after an answer that was lost.</summary>
    private async Task AnswerAsync(NetworkStream server, NetworkStream client)
    {
        var piece = new byte[64 * 1024];
        for (int read; (read = await server.ReadAsync(piece, _stop.Token)) > 0;)
        {
            if (_lost is not null && Interlocked.Decrement(ref _before) < 0 && Interlocked.Exchange(ref _lost, null) is { } lost)
            {
                lost.SetResult();
                return;
            }
            await client.WriteAsync(piece.AsMemory(0, read), _stop.Token);
        }
    }
}
