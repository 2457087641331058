using System.Net;
using System.Net.Sockets;

namespace Gatehouse.Storage.Tests.Postgres;

/// <summary>Stands between the store and its server, and loses answers when told to: what was asked still arrives.</summary>
internal sealed class CutProxy(int server) : LoopbackProxy
{
    private TaskCompletionSource? _lost;
    private int _before;

    /// <summary>One of the server's next answers is lost, with its connection: the first, or the one after <paramref name="others"/>. Completes when it was.</summary>
    public Task LoseAnswer(int others = 0)
    {
        _before = others;
        _lost = new(TaskCreationOptions.RunContinuationsAsynchronously);
        return _lost.Task;
    }

    protected override async Task CarryAsync(TcpClient client)
    {
        using var there = new TcpClient();
        await there.ConnectAsync(IPAddress.Loopback, server, Stopping);
        var asked = client.GetStream().CopyToAsync(there.GetStream(), Stopping);
        await AnswerAsync(there.GetStream(), client.GetStream());
        client.Close();
        await asked.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    /// <summary>Returns at the end, or after an answer that was lost.</summary>
    private async Task AnswerAsync(NetworkStream answers, NetworkStream client)
    {
        var piece = new byte[64 * 1024];
        for (int read; (read = await answers.ReadAsync(piece, Stopping)) > 0;)
        {
            if (_lost is not null && Interlocked.Decrement(ref _before) < 0 && Interlocked.Exchange(ref _lost, null) is { } lost)
            {
                lost.SetResult();
                return;
            }
            await client.WriteAsync(piece.AsMemory(0, read), Stopping);
        }
    }
}
