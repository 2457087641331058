using System.Net;
using Gatehouse.Scenarios.Clients;
using Gatehouse.Scenarios.Harness;

namespace Gatehouse.Scenarios.BehindNginx;

/// <summary>Which node gets a request, and which never.</summary>
public sealed class NodeTests(TwoNodes nodes) : IClassFixture<TwoNodes>
{
    [ClientFact("nginx", "-v")]
    public async Task Both_nodes_get_uploads()
    {
        await using var nginx = await NginxProcess.StartAsync((await nodes.StartedAsync()).Urls);
        HashSet<string> asked = new(StringComparer.Ordinal);
        for (var i = 0; i < 4; i++) asked.Add(await NodeOfAsync(nginx, (await UploadAsync(nginx, $"spread-{i}", i, 20_000)).Expect(HttpStatusCode.OK)));
        Assert.Equal((await nodes.StartedAsync()).Urls.Select(u => u.Authority).Order(StringComparer.Ordinal), asked.Order(StringComparer.Ordinal));
    }

    [ClientFact("nginx", "-v")]
    public async Task A_node_that_is_down_is_passed_over()
    {
        var started = await nodes.StartedAsync();
        await using var nginx = await NginxProcess.StartAsync([FreePort.Address(), .. started.Urls]);
        for (var i = 0; i < 6; i++) (await UploadAsync(nginx, $"passed-{i}", i, 300_000)).Expect(HttpStatusCode.OK);
        Assert.Contains("Connection refused", nginx.Transcript, StringComparison.Ordinal);
    }

    [ClientFact("nginx", "-v")]
    public async Task An_upload_that_a_node_took_and_did_not_answer_is_sent_to_no_other_be_it_small() => await NotRepeatedAsync(10_000);

    [ClientFact("nginx", "-v")]
    public async Task Nor_be_it_large() => await NotRepeatedAsync(3_000_000);

    [ClientFact("nginx", "-v")]
    public async Task With_no_node_left_the_answer_says_what_to_do()
    {
        await using var nginx = await NginxProcess.StartAsync(FreePort.Address(), FreePort.Address());
        NoAnswer(await UploadAsync(nginx, "nobody", 1, 10_000));
    }

    private async Task NotRepeatedAsync(int bytes)
    {
        var started = await nodes.StartedAsync();
        await using var broken = new BrokenNode();
        await using var nginx = await NginxProcess.StartAsync(broken.Url, started.First.Url);

        // In turn: one of the first two meets the broken node, which is then left alone.
        List<Answer> answers = [await UploadAsync(nginx, $"first-{bytes}", bytes, bytes), await UploadAsync(nginx, $"second-{bytes}", bytes + 1, bytes)];
        NoAnswer(Assert.Single(answers, a => a.Status != HttpStatusCode.OK));
        Assert.Equal(1, broken.Taken);
        Assert.Single([.. await started.Simulator.ReceivedAsync($"first-{bytes}"), .. await started.Simulator.ReceivedAsync($"second-{bytes}")]);
    }

    private Task<Answer> UploadAsync(NginxProcess nginx, string contact, int seed, int bytes) =>
        new UploadForm(Pngs.Noise(seed, bytes), "noise.png", contact) { Authorization = nodes.Authorization, Prefer = "wait=60" }.SendAsync(nginx.Http);

    private static void NoAnswer(Answer answer)
    {
        answer.Expect(HttpStatusCode.BadGateway);
        Assert.Equal("application/problem+json", answer.Header("Content-Type"));
        Assert.Equal("about:blank", answer.Json.GetProperty("type").GetString());
        Assert.Contains("Idempotency-Key", answer.Json.GetProperty("detail").GetString(), StringComparison.Ordinal);
        Assert.Equal(answer.Header("X-Request-Id"), answer.Json.GetProperty("correlation_id").GetString());
    }

    private static async Task<string> NodeOfAsync(NginxProcess nginx, Answer answer) =>
        (await nginx.LogLineAsync(answer.Header("X-Request-Id")!)).GetProperty("node").GetString()!;
}
