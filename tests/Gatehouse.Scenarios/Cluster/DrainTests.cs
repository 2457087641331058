using System.Net;
using Gatehouse.Scenarios.Harness;

namespace Gatehouse.Scenarios.Cluster;

/// <summary>SIGTERM: a node finishes what it has begun, leaves the rest durable, ends by itself, and nothing is sent twice.</summary>
public sealed class DrainTests : IAsyncLifetime
{
    private SimulatorProcess _simulator = null!;
    private GatewayProcess _gateway = null!;

    public async Task InitializeAsync()
    {
        _simulator = await SimulatorProcess.StartAsync();
        _gateway = await GatewayProcess.StartAsync(_simulator.Url);
    }

    public async Task DisposeAsync()
    {
        await _gateway.DisposeAsync();
        await _simulator.DisposeAsync();
    }

    [Fact]
    public async Task What_is_being_sent_when_a_node_is_told_to_stop_is_delivered_and_answered()
    {
        await _simulator.FaultsAsync(new { latency_ms = 1500 });
        var sending = Enumerable.Range(0, 8).Select(i => new UploadForm(Pngs.Noise(i, 20_000), $"{i}.png", $"contact-{i}").SendAsync(_gateway.Http)).ToList();
        for (var i = 0; i < sending.Count; i++) await AdmittedAsync($"contact-{i}", 1);
        var ending = _gateway.Process.TerminateAsync();
        Assert.All(await Task.WhenAll(sending), answer => answer.Expect(HttpStatusCode.OK));
        Assert.Equal(0, await ending);
        Assert.Equal(8, (await _simulator.ReceivedAsync()).Select(r => r.MessageId).Distinct(StringComparer.Ordinal).Count());
        Assert.Equal(8, (await _simulator.ReceivedAsync()).Count);
    }

    [Fact]
    public async Task Who_comes_while_a_node_finishes_what_it_has_begun_is_told_to_try_again()
    {
        await _simulator.FaultsAsync(new { latency_ms = 3000 });
        var sending = new UploadForm(Pngs.Noise(1, 20_000), "1.png", "anna").SendAsync(_gateway.Http);
        await AdmittedAsync("anna", 1);
        var ending = _gateway.Process.TerminateAsync();
        // Connections of their own: the door is open, not only what came through it before.
        await Eventually.HoldsAsync("the node is not ready", async () => await ReadyAsync() == HttpStatusCode.ServiceUnavailable ? null : "ready");
        using var http = new HttpClient { BaseAddress = _gateway.Url };
        (await new UploadForm(Pngs.Noise(2, 20_000), "2.png", "bert").SendAsync(http)).Refused(HttpStatusCode.ServiceUnavailable, "shutting-down");
        (await sending).Expect(HttpStatusCode.OK);
        Assert.Equal(0, await ending);
    }

    [Fact]
    public async Task A_line_that_is_not_empty_when_a_node_stops_goes_on_at_its_next_start_without_a_repeat()
    {
        await _simulator.FaultsAsync(new { latency_ms = 700 });
        List<string> ids = [];
        for (var i = 0; i < 5; i++) ids.Add((await new UploadForm(Pngs.Noise(i, 20_000), $"{i}.png", "anna") { Prefer = "respond-async" }.SendAsync(_gateway.Http)).Expect(HttpStatusCode.Accepted).Id);
        Assert.Equal(0, await _gateway.Process.TerminateAsync());
        await _gateway.Process.DisposeAsync();
        Assert.True((await _simulator.ReceivedAsync()).Count < ids.Count, "the line was empty before the node ended");
        await _gateway.StartAsync();
        await Eventually.HoldsAsync("the whole line arrives", async () => (await _simulator.ReceivedAsync()).Count >= ids.Count ? null : "not yet");
        Assert.Equal(ids, (await _simulator.ReceivedAsync()).Select(r => r.MessageId));
    }

    private async Task<HttpStatusCode> ReadyAsync()
    {
        using var http = new HttpClient { BaseAddress = _gateway.Url };
        using var answer = await http.GetAsync("/health/ready");
        return answer.StatusCode;
    }

    private Task AdmittedAsync(string contact, int uploads) => Eventually.HoldsAsync($"{contact} has {uploads} uploads", async () =>
        (await _gateway.GetJsonAsync($"/v1/contacts/{contact}/uploads")).GetProperty("items").GetArrayLength() == uploads ? null : "not yet");
}
