using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Text.RegularExpressions;

namespace Gatehouse.Scenarios.BehindNginx;

/// <summary>A node that takes a whole request and breaks the connection without an answer: whether it did the work, nobody can know.</summary>
internal sealed partial class BrokenNode : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _stop = new();
    private readonly Task _running;
    private int _taken;

    public BrokenNode()
    {
        _listener.Start();
        Url = new Uri($"http://{_listener.LocalEndpoint}");
        _running = RunAsync();
    }

    public Uri Url { get; }

    /// <summary>Requests that it took whole.</summary>
    public int Taken => Volatile.Read(ref _taken);

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        _listener.Dispose();
        await _running.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        _stop.Dispose();
    }

    private async Task RunAsync()
    {
        while (true)
        {
            using var socket = await _listener.AcceptSocketAsync(_stop.Token);
            await TakeAsync(new NetworkStream(socket));
        }
    }

    private async Task TakeAsync(NetworkStream stream)
    {
        var buffer = new byte[64 * 1024];
        var head = new StringBuilder();
        long body = 0, expected = long.MaxValue;
        while (body < expected)
        {
            var read = await stream.ReadAsync(buffer, _stop.Token);
            if (read == 0) return;
            if (expected < long.MaxValue)
            {
                body += read;
                continue;
            }

            head.Append(Encoding.Latin1.GetString(buffer, 0, read));
            var end = head.ToString().IndexOf("\r\n\r\n", StringComparison.Ordinal);
            if (end < 0) continue;
            expected = ContentLength().Match(head.ToString()) is { Success: true } length ? long.Parse(length.Groups["bytes"].ValueSpan, System.Globalization.CultureInfo.InvariantCulture) : 0;
            body = head.Length - end - 4;
        }

        Interlocked.Increment(ref _taken);
    }

    [GeneratedRegex("^Content-Length: (?<bytes>[0-9]+)", RegexOptions.Multiline | RegexOptions.IgnoreCase | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex ContentLength();
}
