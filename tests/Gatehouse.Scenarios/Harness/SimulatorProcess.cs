using System.Net.Http.Json;
using System.Text.Json;

namespace Gatehouse.Scenarios.Harness;

/// <summary>One call that did its work at the simulator.</summary>
internal sealed record Received(string Contact, string Conversation, string MessageId, string Filename, string Mime, long Size, string Sha256, string Reply, DateTimeOffset At);

/// <summary>What the tests see of a simulator, wherever it runs.</summary>
internal class SimulatorClient(Uri url) : IDisposable
{
    private readonly HttpClient _http = new() { BaseAddress = url };

    public Uri Url { get; } = url;

    public async Task FaultsAsync(object faults)
    {
        using var answer = await _http.PostAsJsonAsync("/simulator/faults", faults);
        Assert.True(answer.IsSuccessStatusCode, "faults: " + await answer.Content.ReadAsStringAsync());
    }

    public Task WellAsync() => FaultsAsync(new { });

    public async Task<IReadOnlyList<Received>> ReceivedAsync()
    {
        var list = await _http.GetFromJsonAsync<JsonElement>("/simulator/received");
        return [.. list.EnumerateArray().Select(r => new Received(
            Text(r, "contact_id"), Text(r, "conversation_id"), Text(r, "message_id"), Text(r, "filename"), Text(r, "mime"),
            r.GetProperty("size").GetInt64(), Text(r, "sha256"), Text(r, "reply"), r.GetProperty("received_at").GetDateTimeOffset()))];
    }

    public async Task<IReadOnlyList<Received>> ReceivedAsync(string contact) =>
        [.. (await ReceivedAsync()).Where(r => string.Equals(r.Contact, contact, StringComparison.Ordinal))];

    /// <summary>Empties the record of what was received.</summary>
    public async Task ForgetAsync() => (await _http.DeleteAsync("/simulator/received")).EnsureSuccessStatusCode();

    public async Task<JsonElement> StatsAsync() => await _http.GetFromJsonAsync<JsonElement>("/simulator/stats");

    public async Task WaitUntilItAnswersAsync(ServerProcess? process = null) => await Eventually.HoldsAsync("the simulator answers", async () =>
    {
        Assert.False(process?.HasExited ?? false, "the simulator ended: " + process?.Transcript);
        try
        {
            using var answer = await _http.GetAsync("/simulator/stats");
            return answer.IsSuccessStatusCode ? null : answer.StatusCode.ToString();
        }
        catch (HttpRequestException e)
        {
            return e.Message;
        }
    });

    public void Dispose() => _http.Dispose();

    private static string Text(JsonElement of, string name) =>
        of.TryGetProperty(name, out var value) && value.ValueKind is JsonValueKind.String ? value.GetString()! : "";
}

/// <summary>The simulator as its own process, so that it outlives a killed gateway.</summary>
internal sealed class SimulatorProcess : SimulatorClient, IAsyncDisposable
{
    private readonly ServerProcess _process;

    private SimulatorProcess(Uri url, ServerProcess process)
        : base(url) => _process = process;

    public static async Task<SimulatorProcess> StartAsync()
    {
        var url = FreePort.Address();
        var process = ServerProcess.Start(Programs.Simulator, ["--urls", url.GetLeftPart(UriPartial.Authority)], new Dictionary<string, string>(StringComparer.Ordinal), Path.GetTempPath());
        var simulator = new SimulatorProcess(url, process);
        await simulator.WaitUntilItAnswersAsync(process);
        return simulator;
    }

    public async ValueTask DisposeAsync()
    {
        Dispose();
        await _process.DisposeAsync();
    }
}
