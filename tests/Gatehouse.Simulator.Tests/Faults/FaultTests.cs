using System.Net;

namespace Gatehouse.Simulator.Tests.Faults;

public sealed class FaultTests
{
    [Fact]
    public async Task A_status_strikes_every_api_call_and_leaves_the_token_call_alone()
    {
        await using var simulator = await RunningSimulator.StartAsync();
        await simulator.SignInAsync();
        await simulator.FaultsAsync("""{"status": 503, "retry_after_seconds": 2}""");
        using var reply = await simulator.AttachAsync([1, 2, 3]);
        Assert.Equal(HttpStatusCode.ServiceUnavailable, reply.StatusCode);
        Assert.Equal(TimeSpan.FromSeconds(2), reply.Headers.RetryAfter!.Delta);
        Assert.Equal("service.unavailable", (await RunningSimulator.ErrorOf(reply)).GetProperty("code").GetString());
        Assert.Empty(await simulator.ReceivedAsync());
        await simulator.TokenAsync();
    }

    [Fact]
    public async Task A_status_strikes_the_token_call_too_when_it_says_so()
    {
        await using var simulator = await RunningSimulator.StartAsync();
        await simulator.FaultsAsync("""{"status": 503, "token": true}""");
        using var request = RunningSimulator.TokenRequest();
        using var reply = await simulator.Http.SendAsync(request);
        Assert.Equal(HttpStatusCode.ServiceUnavailable, reply.StatusCode);
    }

    [Fact]
    public async Task Random_faults_strike_about_their_share_and_the_same_calls_again_with_the_same_seed()
    {
        var first = await StruckAsync(seed: 11);
        Assert.InRange(first.Count(struck => struck), 40, 160);
        Assert.Equal(first, await StruckAsync(seed: 11));
        Assert.NotEqual(first, await StruckAsync(seed: 12));
    }

    [Fact]
    public async Task A_429_that_was_asked_for_looks_like_Genesys_own()
    {
        await using var simulator = await RunningSimulator.StartAsync();
        await simulator.SignInAsync();
        await simulator.FaultsAsync("""{"status": 429, "retry_after_seconds": 42}""");
        using var reply = await simulator.ContactAsync();
        var error = await RunningSimulator.ErrorOf(reply);
        Assert.Equal("too.many.requests.retry.after", error.GetProperty("code").GetString());
        Assert.Equal("Rate limit exceeded the maximum. Retry the request in [42] seconds", error.GetProperty("message").GetString());
        Assert.Equal(TimeSpan.FromSeconds(42), reply.Headers.RetryAfter!.Delta);
    }

    [Fact]
    public async Task A_drop_closes_the_connection_and_does_no_work()
    {
        await using var simulator = await RunningSimulator.StartAsync();
        await simulator.SignInAsync();
        await simulator.FaultsAsync("""{"drop_rate": 1}""");
        await Assert.ThrowsAsync<HttpRequestException>(() => simulator.AttachAsync([1, 2, 3]));
        Assert.Empty(await simulator.ReceivedAsync());
        Assert.Equal(1, await OutcomeAsync(simulator, "dropped"));
        Assert.Equal(0, (await simulator.StatsAsync()).GetProperty("replies_dropped").GetInt32());
    }

    [Fact]
    public async Task A_drop_comes_before_the_body_is_read()
    {
        await using var simulator = await RunningSimulator.StartAsync();
        await simulator.SignInAsync();
        await simulator.FaultsAsync("""{"drop_rate": 1}""");
        using var request = new HttpRequestMessage(HttpMethod.Post, "/api/v2/externalcontacts/c-1/attachments")
        {
            Content = new MultipartFormDataContent { { new StreamContent(new NeverEnding()), "file", "a" } },
        };
        await Assert.ThrowsAnyAsync<Exception>(() => simulator.Http.SendAsync(request).WaitAsync(TimeSpan.FromSeconds(30)));
        Assert.Equal(1, await OutcomeAsync(simulator, "dropped"));
    }

    [Fact]
    public async Task A_drop_after_the_reply_does_the_work_and_sends_none()
    {
        await using var simulator = await RunningSimulator.StartAsync();
        await simulator.SignInAsync();
        await simulator.FaultsAsync("""{"drop_after_reply_rate": 1}""");
        await Assert.ThrowsAsync<HttpRequestException>(() => simulator.AttachAsync([1, 2, 3], messageId: "m-1"));
        var receipt = Assert.Single(await simulator.ReceivedAsync());
        Assert.Equal("m-1", receipt.GetProperty("message_id").GetString());
        Assert.Equal("dropped", receipt.GetProperty("reply").GetString());
        Assert.Equal(1, (await simulator.StatsAsync()).GetProperty("replies_dropped").GetInt32());
    }

    [Fact]
    public async Task A_late_call_is_answered_when_its_latency_is_over()
    {
        await using var simulator = await RunningSimulator.StartAsync();
        await simulator.SignInAsync();
        await simulator.FaultsAsync("""{"latency_ms": 50}""");
        var call = simulator.ContactAsync();
        await simulator.Time.Sleeping;
        simulator.Time.Advance(TimeSpan.FromMilliseconds(49));
        Assert.Empty(Attempted(await simulator.StatsAsync()));
        simulator.Time.Advance(TimeSpan.FromMilliseconds(1));
        using var reply = await call.WaitAsync(TimeSpan.FromSeconds(30));
        Assert.Equal(HttpStatusCode.OK, reply.StatusCode);
    }

    [Fact]
    public async Task A_reply_that_is_held_goes_when_the_faults_are_replaced_and_its_call_has_arrived_before()
    {
        await using var simulator = await RunningSimulator.StartAsync();
        await simulator.SignInAsync();
        await simulator.FaultsAsync("""{"hold_replies": true}""");
        var call = simulator.AttachAsync([1, 2, 3], messageId: "m-1");
        await Eventually.HoldsAsync("the call arrives", async () => (await simulator.ReceivedAsync()).Length == 1 ? null : "nothing received");
        using (await simulator.PostFaultsAsync("""{"hold_replies": true, "latency_ms": 1}""")) Assert.False(call.IsCompleted);
        Assert.Equal(0, await OutcomeAsync(simulator, "200"));
        await simulator.FaultsAsync("{}");
        using var reply = await call.WaitAsync(TimeSpan.FromSeconds(30));
        Assert.Equal(HttpStatusCode.OK, reply.StatusCode);
    }

    [Fact]
    public async Task A_caller_that_hangs_up_in_the_middle_leaves_no_receipt()
    {
        await using var simulator = await RunningSimulator.StartAsync();
        await simulator.SignInAsync();
        var body = new NeverEnding();
        using var hangUp = new CancellationTokenSource();
        using var request = new HttpRequestMessage(HttpMethod.Post, "/api/v2/externalcontacts/c-1/attachments")
        {
            Content = new MultipartFormDataContent { { new StreamContent(body), "file", "a" } },
        };
        var call = simulator.Http.SendAsync(request, hangUp.Token);
        await body.HasGivenMuch.WaitAsync(TimeSpan.FromSeconds(30));
        await hangUp.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => call);
        await Eventually.HoldsAsync("the call is seen to have gone", async () => await OutcomeAsync(simulator, "aborted") == 0 ? "no aborted call" : null);
        Assert.Empty(await simulator.ReceivedAsync());
    }

    [Fact]
    public async Task Faults_are_replaced_as_a_whole_and_an_empty_object_clears_them()
    {
        await using var simulator = await RunningSimulator.StartAsync();
        await simulator.SignInAsync();
        await simulator.FaultsAsync("""{"status": 503, "latency_ms": 1}""");
        await simulator.FaultsAsync("""{"unknown_contacts": ["c-9"]}""");
        Assert.Equal("""{"unknown_contacts":["c-9"]}""", (await simulator.GetAsync("/simulator/faults")).GetRawText());
        using var well = await simulator.ContactAsync();
        Assert.Equal(HttpStatusCode.OK, well.StatusCode);

        Assert.Equal(HttpStatusCode.OK, await simulator.FaultsAsync("{}"));
        Assert.Equal("{}", (await simulator.GetAsync("/simulator/faults")).GetRawText());
        using var found = await simulator.ContactAsync("c-9");
        Assert.Equal(HttpStatusCode.OK, found.StatusCode);
    }

    private static async Task<bool[]> StruckAsync(int seed)
    {
        await using var simulator = await RunningSimulator.StartAsync(new SimulatorOptions { Seed = seed });
        await simulator.SignInAsync();
        await simulator.FaultsAsync("""{"status": 500, "rate": 0.5}""");
        var struck = new bool[200];
        for (var i = 0; i < struck.Length; i++)
        {
            using var reply = await simulator.ContactAsync();
            struck[i] = reply.StatusCode == HttpStatusCode.InternalServerError;
        }

        return struck;
    }

    private static IEnumerable<System.Text.Json.JsonProperty> Attempted(System.Text.Json.JsonElement stats) =>
        stats.GetProperty("calls").EnumerateObject().Where(call => call.Name.StartsWith("GET", StringComparison.Ordinal));

    private static async Task<long> OutcomeAsync(RunningSimulator simulator, string outcome) =>
        (await simulator.StatsAsync()).GetProperty("calls").TryGetProperty("POST /api/v2/externalcontacts/{contactId}/attachments", out var call)
            && call.TryGetProperty(outcome, out var count) ? count.GetInt64() : 0;
}
