using System.Diagnostics;
using System.Globalization;
using System.Net.Sockets;
using System.Text;

namespace Gatehouse.Load;

/// <summary>N connections; each sends its next upload when the last one is answered, until the time is over.</summary>
internal sealed class ClosedLoop(IReadOnlyList<Target> targets, UploadSource source)
{
    // The head of a request with its form fields is some 600 bytes.
    private const int MostHeadBytes = 2048;

    public async Task<Tally> RunAsync(int connections, double seconds, CancellationToken cancellationToken)
    {
        var tally = new Tally();
        var start = Stopwatch.GetTimestamp();
        var end = start + (long)(seconds * Stopwatch.Frequency);
        await Task.WhenAll(Enumerable.Range(0, connections).Select(number => ConnectionAsync(targets[number % targets.Count], end, tally, cancellationToken)));
        tally.Seconds = Stopwatch.GetElapsedTime(start).TotalSeconds;
        return tally;
    }

    private async Task ConnectionAsync(Target target, long end, Tally tally, CancellationToken cancellationToken)
    {
        await Task.Yield();
        var answered = new List<long>();
        var milliseconds = new List<double>();
        var head = new byte[MostHeadBytes + source.Image.OwnBytes];
        Socket? socket = null;
        ReplyReader? replies = null;
        try
        {
            while (Stopwatch.GetTimestamp() < end && !cancellationToken.IsCancellationRequested)
            {
                if (socket is null)
                {
                    socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
                    await socket.ConnectAsync(target.Address, cancellationToken);
                    replies = new ReplyReader(socket);
                }

                var number = source.Next();
                var start = Stopwatch.GetTimestamp();
                var reply = await UploadAsync(target, socket, replies!, head, number, cancellationToken);
                if (reply.Status == 200)
                {
                    milliseconds.Add(Stopwatch.GetElapsedTime(start).TotalMilliseconds);
                    answered.Add(number);
                }
                else
                {
                    tally.Fail(reply.Status.ToString(CultureInfo.InvariantCulture), reply.Body);
                }

                if (reply.KeepAlive)
                    continue;
                socket.Dispose();
                socket = null;
            }
        }
        catch (Exception broken) when (broken is SocketException or IOException)
        {
            // This connection stops here: a broken one fails the run, and trying on would only blur the figures.
            tally.Fail("connection", broken.Message);
        }
        finally
        {
            socket?.Dispose();
            tally.Add(answered, milliseconds);
        }
    }

    private async ValueTask<HttpReply> UploadAsync(Target target, Socket socket, ReplyReader replies, byte[] head, long number, CancellationToken cancellationToken)
    {
        var headBytes = Encoding.ASCII.GetBytes(target.HeadOf(source.ContactOf(number), source.Image.Size), head);
        source.WriteOwn(head.AsSpan(headBytes), number);
        // One gathering send: the shared bytes are never copied into a request.
        await socket.SendAsync([new(head, 0, headBytes + source.Image.OwnBytes), new(source.Image.Shared), new(Target.Tail)], SocketFlags.None);
        return await replies.ReadAsync(cancellationToken);
    }
}
