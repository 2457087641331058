using System.Net;
using Gatehouse.Scenarios.Harness;

namespace Gatehouse.Scenarios;

/// <summary>Genesys in a bad way: what callers are told, and what becomes of their files.</summary>
public sealed class OutageTests : IAsyncLifetime
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
    public async Task During_an_outage_uploads_are_accepted_and_go_in_order_when_it_is_over()
    {
        await _simulator.FaultsAsync(new { status = 503 });
        List<Answer> answers = [];
        for (var i = 0; i < 4; i++)
            answers.Add((await new UploadForm(Pngs.Noise(i, 40_000), $"{i}.png", "patient") { Prefer = "wait=1" }.SendAsync(_gateway.Http)).Expect(HttpStatusCode.Accepted));
        Assert.All(answers, a => Assert.Equal("/v1/uploads/" + a.Id, a.Header("Location")));
        var waiting = await _gateway.GetJsonAsync("/v1/uploads/" + answers[0].Id);
        Assert.Contains(waiting.GetProperty("upload").GetProperty("status").GetString(), new[] { "queued", "delivering" });
        var repeat = (await new UploadForm(Pngs.Noise(0, 40_000), "0.png", "patient") { Prefer = "respond-async" }.SendAsync(_gateway.Http)).Expect(HttpStatusCode.Accepted);
        Assert.True(repeat.Upload.GetProperty("duplicate").GetBoolean());
        Assert.Equal(answers[0].Id, repeat.Id);
        Assert.Empty(await _simulator.ReceivedAsync());

        await _simulator.WellAsync();
        await WaitUntilDeliveredAsync(answers);
        Assert.Equal(answers.Select(a => a.Id), (await _simulator.ReceivedAsync("patient")).Select(r => r.MessageId));
        Assert.Equal(Enumerable.Range(0, 4).Select(i => Pngs.Sha256(Pngs.Noise(i, 40_000))), (await _simulator.ReceivedAsync("patient")).Select(r => r.Sha256));
    }

    [Fact]
    public async Task A_reply_that_was_lost_is_repeated_under_the_same_message_id()
    {
        await _simulator.FaultsAsync(new { drop_after_reply_rate = 1.0 });
        var sent = (await (UploadForm.Sample("note.txt", "echo") with { Prefer = "wait=1" }).SendAsync(_gateway.Http)).Expect(HttpStatusCode.Accepted);
        await _simulator.WellAsync();
        await WaitUntilDeliveredAsync([sent]);
        var received = await _simulator.ReceivedAsync("echo");
        Assert.True(received.Count > 1);
        Assert.All(received, r => Assert.Equal(sent.Id, r.MessageId));
        Assert.All(received.SkipLast(1), r => Assert.Equal("dropped", r.Reply));
        Assert.Equal("sent", received[^1].Reply);
    }

    [Fact]
    public async Task Tokens_that_expire_are_renewed_and_nobody_notices()
    {
        await _simulator.FaultsAsync(new { token_lifetime_seconds = 1 });
        await _gateway.KillAndRestartAsync();
        var before = (await _simulator.StatsAsync()).GetProperty("token_requests").GetInt64();
        var seed = 0;
        await Eventually.HoldsAsync("three more tokens were asked for", async () =>
        {
            (await new UploadForm(Pngs.Noise(seed, 600), "t.png", $"token-{seed++ / 10}").SendAsync(_gateway.Http)).Expect(HttpStatusCode.OK);
            var asked = (await _simulator.StatsAsync()).GetProperty("token_requests").GetInt64() - before;
            return asked >= 3 ? null : $"{asked} token requests";
        });
        Assert.Equal(seed, (await _simulator.ReceivedAsync()).Count(r => r.Contact.StartsWith("token-", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task A_Retry_After_is_obeyed()
    {
        await _simulator.FaultsAsync(new { status = 429, retry_after_seconds = 2 });
        var answer = (await (UploadForm.Sample("gatehouse.jpg", "later") with { Prefer = "wait=1" }).SendAsync(_gateway.Http)).Expect(HttpStatusCode.Accepted);
        await _simulator.WellAsync();
        await WaitUntilDeliveredAsync([answer]);
        Assert.Equal(0, (await _simulator.StatsAsync()).GetProperty("calls_inside_retry_after").GetInt64());
        Assert.Single(await _simulator.ReceivedAsync("later"));
    }

    [Fact]
    public async Task A_contact_that_Genesys_does_not_know_ends_the_upload_and_gives_its_place_back()
    {
        await _simulator.FaultsAsync(new { unknown_contacts = new[] { "nobody" } });
        var refused = (await UploadForm.Sample("gatehouse.png", "nobody").SendAsync(_gateway.Http)).Expect(HttpStatusCode.NotFound);
        Assert.Contains("contact-not-found", refused.Body, StringComparison.Ordinal);
        await _simulator.WellAsync();
        var again = (await UploadForm.Sample("gatehouse.png", "nobody").SendAsync(_gateway.Http)).Expect(HttpStatusCode.OK);
        Assert.False(again.Upload.GetProperty("duplicate").GetBoolean());
    }

    [Fact]
    public async Task A_missing_permission_is_told_to_a_waiting_caller_and_readiness_degrades()
    {
        await _simulator.FaultsAsync(new { status = 403 });
        var answer = await UploadForm.Sample("gatehouse.png", "forbidden").SendAsync(_gateway.Http);
        answer.Expect(HttpStatusCode.BadGateway);
        Assert.Contains("genesys-refused", answer.Body, StringComparison.Ordinal);
        Assert.Contains("degraded", (await _gateway.GetJsonAsync("/health/ready")).GetRawText(), StringComparison.Ordinal);
        (await (UploadForm.Sample("gatehouse.jpg", "forbidden-too") with { Prefer = "respond-async" }).SendAsync(_gateway.Http)).Expect(HttpStatusCode.Accepted);
    }

    [Fact]
    public async Task A_caller_that_hangs_up_after_its_upload_was_admitted_changes_nothing()
    {
        await _simulator.FaultsAsync(new { latency_ms = 1500 });
        using var hangUp = new CancellationTokenSource();
        var sending = UploadForm.Sample("return-slip.pdf", "impatient").SendAsync(_gateway.Http, hangUp.Token);
        await Eventually.HoldsAsync("the upload is admitted", async () =>
            (await _gateway.GetJsonAsync("/v1/contacts/impatient/uploads")).GetProperty("items").GetArrayLength() == 1 ? null : "no upload yet");
        await hangUp.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => sending);
        await Eventually.HoldsAsync("it arrives", async () => (await _simulator.ReceivedAsync("impatient")).Count == 1 ? null : "nothing received");
    }

    private Task WaitUntilDeliveredAsync(IReadOnlyList<Answer> answers) => Eventually.HoldsAsync("all are delivered", async () =>
    {
        foreach (var answer in answers)
        {
            var status = (await _gateway.GetJsonAsync("/v1/uploads/" + answer.Id)).GetProperty("upload").GetProperty("status").GetString();
            if (status is not "delivered") return $"{answer.Id} is {status}";
        }

        return null;
    }, seconds: 90);
}
