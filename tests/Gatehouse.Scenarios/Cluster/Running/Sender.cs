using System.Collections.Concurrent;
using System.Net.Sockets;
using Gatehouse.Scenarios.Cluster.Checking;
using Gatehouse.Scenarios.Harness;
using Gatehouse.Scenarios.Killing;

namespace Gatehouse.Scenarios.Cluster.Running;

/// <summary>
/// A client: sends one file after the other, each to some contact, and repeats each at another node under the same key until it is answered for. Every request is written down.
/// </summary>
internal sealed class Sender(int number, RunOptions options, IReadOnlyList<HttpClient> nodes, RunClock clock, ConcurrentQueue<Sending> log)
{
    /// <summary>Longer than a healthy node ever takes to answer with the waits asked for here; a stopped one never does.</summary>
    private static readonly TimeSpan RequestPatience = TimeSpan.FromSeconds(5);

    private readonly Random _random = new(Seeds.Of(options.Seed, 3, number));

    /// <param name="load">Ends the sending of new files.</param>
    /// <param name="patience">Ends the repeating of those that were begun.</param>
    public async Task RunAsync(CancellationToken load, CancellationToken patience)
    {
        for (var file = 0; !load.IsCancellationRequested; file++)
        {
            var bytes = Pngs.Noise(Seeds.Of(options.Seed, 4, number, file), Size());
            var form = new UploadForm(bytes, $"{number}-{file}.png", RunOptions.Contact(_random.Next(options.Contacts)))
            {
                IdempotencyKey = $"{number}-{file}",
                Prefer = _random.Next(3) switch { 0 => "respond-async", 1 => "wait=1", _ => "wait=2" },
            };
            await SendUntilAnsweredAsync(form, new(form.Contact!, form.IdempotencyKey, form.Filename!, bytes.Length, Pngs.Sha256(bytes)), patience);
            await Lull.OfAsync(TimeSpan.FromMilliseconds(1) + (_random.NextDouble() * options.Pause));
        }
    }

    /// <summary>Mostly small, now and then one that is kept as a file of its own.</summary>
    private int Size()
    {
        if (_random.NextDouble() < options.LargeShare) return 300_000 + _random.Next(400_000);
        return _random.Next(5) == 0 ? 50_000 + _random.Next(150_000) : 600 + _random.Next(30_000);
    }

    private async Task SendUntilAnsweredAsync(UploadForm form, ClientFile file, CancellationToken patience)
    {
        for (var node = _random.Next(nodes.Count); !patience.IsCancellationRequested; node = Another(node))
        {
            var sending = await SendAsync(form, file, node);
            log.Enqueue(sending);
            if (sending.IsPromised || sending.Reply is { Status: 429, Quota: "files" or "bytes" }) return;
            // A moment, as whoever repeats at once only adds to the trouble.
            await Lull.OfAsync(TimeSpan.FromMilliseconds(_random.Next(20, 100)));
        }
    }

    private int Another(int node) => nodes.Count == 1 ? 0 : (node + 1 + _random.Next(nodes.Count - 1)) % nodes.Count;

    private async Task<Sending> SendAsync(UploadForm form, ClientFile file, int node)
    {
        using var patience = new CancellationTokenSource(RequestPatience);
        var sentAt = clock.Now;
        try
        {
            var answer = await form.SendAsync(nodes[node], patience.Token);
            return new(file, node, sentAt, clock.Now, ReplyOf(answer));
        }
        catch (HttpRequestException e)
        {
            return new(file, node, sentAt, clock.Now, Reply: null, e.HttpRequestError is HttpRequestError.ConnectionError ? "no connection" : "cut off");
        }
        catch (Exception e) when (e is IOException or SocketException or OperationCanceledException)
        {
            return new(file, node, sentAt, clock.Now, Reply: null, patience.IsCancellationRequested ? "no answer in time" : "cut off");
        }
    }

    private static Reply ReplyOf(Answer answer)
    {
        var json = answer.Json;
        string? Text(string name) => json.TryGetProperty(name, out var value) ? value.GetString() : null;
        return new(
            (int)answer.Status,
            json.TryGetProperty("upload", out var upload) ? upload.GetProperty("id").GetString() : null,
            Text("code"),
            Text("quota"),
            answer.Header("Retry-After") is not null);
    }
}
