using System.Diagnostics;
using System.Globalization;
using System.Net;
using Gatehouse.Scenarios.Harness;

namespace Gatehouse.Scenarios.Weather;

/// <summary>Clients of many contacts send their files while Genesys fails, drops connections, loses replies, gives out tokens of five seconds and now and then asks everybody to wait.</summary>
/// <param name="neighbour">Another application that uses up the client's budget once; null: none does, as the rest of a minute is long.</param>
internal sealed class WeatherRun(SimulatorProcess simulator, GatewayProcess gateway, int uploads, int contacts, Neighbour? neighbour)
{
    private const int ClientsAtATime = 16;

    /// <summary>A gateway that has just started is still being compiled, and hears of a 429 later than one at work.</summary>
    private const int WarmAfter = 10;
    private static readonly TimeSpan BetweenSqualls = TimeSpan.FromSeconds(15);

    /// <summary>Each contact's uploads in the order in which they were admitted.</summary>
    public Dictionary<string, List<string>> Lines { get; } = new(StringComparer.Ordinal);

    public int Squalls { get; private set; }

    /// <summary>From the first upload until all were delivered.</summary>
    public TimeSpan Took { get; private set; }

    public static object Usual => new { status = 500, rate = 0.2, drop_rate = 0.1, drop_after_reply_rate = 0.05, token_lifetime_seconds = 5, client_requests_per_minute = 3000, retry_after_seconds = 2 };

    /// <summary>Everybody is asked to wait for two seconds, until the gateway has heard of it.</summary>
    private static object Squall => new { status = 429, retry_after_seconds = 2, drop_rate = 0.1, token_lifetime_seconds = 5, client_requests_per_minute = 3000 };

    public async Task RunAsync(int seconds)
    {
        var began = Stopwatch.GetTimestamp();
        await simulator.FaultsAsync(Usual);
        using var over = new CancellationTokenSource();
        var weather = SquallsAsync(over.Token);
        await Parallel.ForEachAsync(Enumerable.Range(0, contacts), new ParallelOptions { MaxDegreeOfParallelism = ClientsAtATime }, async (contact, _) => await SendAllAsync(contact));
        await Eventually.HoldsAsync("all are delivered", async () =>
        {
            var metrics = await gateway.Http.GetStringAsync("/metrics");
            return Value(metrics, "gatehouse_queue_uploads") == 0 ? null : $"{Value(metrics, "gatehouse_queue_uploads")} wait";
        }, seconds, TimeSpan.FromMilliseconds(200));
        Took = Stopwatch.GetElapsedTime(began);
        await over.CancelAsync();
        await weather;
    }

    private async Task SendAllAsync(int contact)
    {
        var (name, line) = ($"weather-{contact}", new List<string>());
        for (var i = contact; i < uploads; i += contacts)
            line.Add((await new UploadForm(Pngs.Noise(i, 4000), $"{i}.png", name) { Prefer = "respond-async" }.SendAsync(gateway.Http)).Expect(HttpStatusCode.Accepted).Id);
        lock (Lines) Lines[name] = line;
    }

    private async Task SquallsAsync(CancellationToken cancellationToken)
    {
        using var timer = new PeriodicTimer(BetweenSqualls);
        try
        {
            while ((await simulator.ReceivedAsync()).Count < WarmAfter) await Task.Delay(100, cancellationToken);
            await UntilLimitedAsync(() => simulator.FaultsAsync(Squall), cancellationToken);
            for (var first = true; await timer.WaitForNextTickAsync(cancellationToken); first = false)
                await UntilLimitedAsync(first && neighbour is not null ? neighbour.UseUpAsync : () => simulator.FaultsAsync(Squall), cancellationToken);
        }
        catch (OperationCanceledException)
        {
            // The weather clears.
        }
        await simulator.FaultsAsync(Usual);
    }

    private async Task UntilLimitedAsync(Func<Task> begin, CancellationToken cancellationToken)
    {
        var before = await LimitedAsync();
        await begin();
        await Eventually.HoldsAsync("a 429 was answered", async () => await LimitedAsync() > before || cancellationToken.IsCancellationRequested ? null : "none");
        if (await LimitedAsync() > before) Squalls++;
        await simulator.FaultsAsync(Usual);
    }

    /// <summary>429s that the gateway got.</summary>
    private async Task<long> LimitedAsync() => (await simulator.StatsAsync()).GetProperty("calls").EnumerateObject()
        .Where(call => call.Name.Contains("attachments", StringComparison.Ordinal)).Sum(call => call.Value.TryGetProperty("429", out var count) ? count.GetInt64() : 0);

    private static double Value(string metrics, string name) =>
        double.Parse(metrics.Split('\n').First(line => line.StartsWith(name + " ", StringComparison.Ordinal))[(name.Length + 1)..], CultureInfo.InvariantCulture);
}
