using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Gatehouse.Storage.Tests.Objects;

/// <summary>Stands between a store and its server, and answers in its place when it is in the mood.</summary>
internal sealed class MoodyStore(int server) : LoopbackProxy
{
    /// <summary>It listens and says nothing.</summary>
    public const string Silent = "";

    /// <summary>It hangs up.</summary>
    public const string Closed = "closed";

    public Uri Address => new($"http://127.0.0.1:{Port}");

    /// <summary>What it answers instead: a status line, <see cref="Silent"/> or <see cref="Closed"/>; null: whatever the server does.</summary>
    public volatile string? Mood;

    /// <summary>A connection that is kept open from a better mood must not escape the next: its first bytes tell.</summary>
    protected override async Task CarryAsync(TcpClient client)
    {
        using var there = new TcpClient();
        var (asks, answers) = (client.GetStream(), default(NetworkStream));
        var piece = new byte[64 * 1024];
        Task? back = null;
        for (int read; (read = await asks.ReadAsync(piece, Stopping)) > 0;)
        {
            if (Mood is { } mood)
            {
                if (mood is Silent) await Task.Delay(Timeout.Infinite, Stopping);
                if (mood is not Closed) await asks.WriteAsync(Encoding.ASCII.GetBytes($"{mood}\r\nConnection: close\r\nContent-Length: 0\r\n\r\n"), Stopping);
                return;
            }
            if (answers is null)
            {
                await there.ConnectAsync(IPAddress.Loopback, server, Stopping);
                answers = there.GetStream();
                back = CarryBackAsync(answers, client);
            }
            await answers.WriteAsync(piece.AsMemory(0, read), Stopping);
        }
        there.Close();
        if (back is not null) await back.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    /// <summary>A server that hangs up after its answer does so for the client too, which would send its next request into nothing.</summary>
    private async Task CarryBackAsync(NetworkStream answers, TcpClient client)
    {
        await answers.CopyToAsync(client.GetStream(), Stopping);
        client.Close();
    }
}
