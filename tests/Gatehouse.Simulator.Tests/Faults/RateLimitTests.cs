using System.Net;

namespace Gatehouse.Simulator.Tests.Faults;

public sealed class RateLimitTests
{
    [Fact]
    public async Task Calls_past_the_budget_get_Genesys_429_until_the_minute_is_over()
    {
        await using var simulator = await RunningSimulator.StartAsync();
        await simulator.SignInAsync();
        await simulator.FaultsAsync("""{"requests_per_minute": 2}""");
        for (var count = 1; count <= 2; count++)
        {
            using var reply = await simulator.ContactAsync();
            Assert.Equal(HttpStatusCode.OK, reply.StatusCode);
            Assert.Equal((count, 2, 60), RateOf(reply));
        }

        simulator.Time.Advance(TimeSpan.FromSeconds(18));
        using var refused = await simulator.AttachAsync([1]);
        Assert.Equal(HttpStatusCode.TooManyRequests, refused.StatusCode);
        Assert.Equal(TimeSpan.FromSeconds(42), refused.Headers.RetryAfter!.Delta);
        var error = await RunningSimulator.ErrorOf(refused);
        Assert.Equal("too.many.requests.retry.after", error.GetProperty("code").GetString());
        Assert.Equal("Rate limit exceeded the maximum. Retry the request in [42] seconds", error.GetProperty("message").GetString());
        Assert.Empty(await simulator.ReceivedAsync());

        simulator.Time.Advance(TimeSpan.FromSeconds(42));
        using var again = await simulator.ContactAsync();
        Assert.Equal(HttpStatusCode.OK, again.StatusCode);
        Assert.Equal((1, 2, 60), RateOf(again));
    }

    [Theory]
    [InlineData("requests_per_minute")]
    [InlineData("client_requests_per_minute")]
    public async Task Who_is_past_a_budget_can_be_asked_to_come_back_sooner(string budget)
    {
        await using var simulator = await RunningSimulator.StartAsync();
        await simulator.SignInAsync();
        await simulator.FaultsAsync($$"""{"{{budget}}": 1, "retry_after_seconds": 2}""");
        using var first = await simulator.ContactAsync();
        using var refused = await simulator.ContactAsync();
        Assert.Equal((HttpStatusCode.TooManyRequests, TimeSpan.FromSeconds(2)), (refused.StatusCode, refused.Headers.RetryAfter!.Delta));
        simulator.Time.Advance(TimeSpan.FromSeconds(2));
        using var early = await simulator.ContactAsync();
        Assert.Equal(HttpStatusCode.TooManyRequests, early.StatusCode);
    }

    [Fact]
    public async Task Each_token_has_a_budget_of_its_own()
    {
        await using var simulator = await RunningSimulator.StartAsync();
        await simulator.FaultsAsync("""{"requests_per_minute": 1}""");
        await simulator.SignInAsync();
        using var first = await simulator.ContactAsync();
        using var refused = await simulator.ContactAsync();
        Assert.Equal(HttpStatusCode.TooManyRequests, refused.StatusCode);
        await simulator.SignInAsync();
        using var other = await simulator.ContactAsync();
        Assert.Equal(HttpStatusCode.OK, other.StatusCode);
    }

    [Fact]
    public async Task A_clients_tokens_share_its_budget_and_another_client_has_its_own()
    {
        await using var simulator = await RunningSimulator.StartAsync();
        await simulator.FaultsAsync("""{"client_requests_per_minute": 2, "requests_per_minute": 5}""");
        await simulator.SignInAsync();
        using var first = await simulator.ContactAsync();
        // What is nearer to its end is told.
        Assert.Equal((1, 2, 60), RateOf(first));
        await simulator.SignInAsync();
        using var second = await simulator.ContactAsync();
        Assert.Equal((2, 2, 60), RateOf(second));
        using var refused = await simulator.ContactAsync();
        Assert.Equal(HttpStatusCode.TooManyRequests, refused.StatusCode);
        Assert.Equal(TimeSpan.FromSeconds(60), refused.Headers.RetryAfter!.Delta);
        await simulator.SignInAsync("other");
        using var other = await simulator.ContactAsync();
        Assert.Equal(HttpStatusCode.OK, other.StatusCode);
    }

    [Fact]
    public async Task What_a_tokens_own_budget_refuses_does_not_use_up_the_clients()
    {
        await using var simulator = await RunningSimulator.StartAsync();
        await simulator.FaultsAsync("""{"client_requests_per_minute": 2, "requests_per_minute": 1}""");
        await simulator.SignInAsync();
        using var first = await simulator.ContactAsync();
        Assert.Equal((1, 1, 60), RateOf(first));
        for (var i = 0; i < 3; i++)
        {
            using var refused = await simulator.ContactAsync();
            Assert.Equal(HttpStatusCode.TooManyRequests, refused.StatusCode);
        }

        await simulator.SignInAsync();
        using var second = await simulator.ContactAsync();
        Assert.Equal(HttpStatusCode.OK, second.StatusCode);
    }

    [Fact]
    public async Task What_the_clients_budget_refuses_does_not_use_up_its_tokens()
    {
        await using var simulator = await RunningSimulator.StartAsync();
        await simulator.FaultsAsync("""{"client_requests_per_minute": 1, "requests_per_minute": 3}""");
        await simulator.SignInAsync();
        using var first = await simulator.ContactAsync();
        Assert.Equal(HttpStatusCode.OK, first.StatusCode);
        for (var i = 0; i < 3; i++)
        {
            using var refused = await simulator.ContactAsync();
            Assert.Equal(HttpStatusCode.TooManyRequests, refused.StatusCode);
        }

        await simulator.FaultsAsync("""{"requests_per_minute": 3}""");
        using var second = await simulator.ContactAsync();
        Assert.Equal((2, 3, 60), RateOf(second));
    }

    [Fact]
    public async Task Calls_made_inside_a_retry_after_are_counted()
    {
        await using var simulator = await RunningSimulator.StartAsync();
        await simulator.SignInAsync();
        await simulator.FaultsAsync("""{"status": 429, "retry_after_seconds": 10}""");
        using var told = await simulator.ContactAsync();
        Assert.Equal((0, 0, 0), await InsideAsync(simulator));
        await simulator.FaultsAsync("{}");

        simulator.Time.Advance(TimeSpan.FromSeconds(9));
        using var early = await simulator.ContactAsync();
        Assert.Equal((1, 1, 0), await InsideAsync(simulator));

        simulator.Time.Advance(TimeSpan.FromSeconds(1));
        using var patient = await simulator.ContactAsync();
        Assert.Equal((1, 1, 0), await InsideAsync(simulator));
    }

    [Fact]
    public async Task The_wait_of_an_outage_is_counted_apart_from_the_wait_of_a_limit()
    {
        await using var simulator = await RunningSimulator.StartAsync();
        await simulator.SignInAsync();
        await simulator.FaultsAsync("""{"status": 503, "retry_after_seconds": 10}""");
        using var told = await simulator.ContactAsync();
        using var early = await simulator.ContactAsync();
        Assert.Equal((1, 0, 1), await InsideAsync(simulator));
    }

    private static (int, int, int) RateOf(HttpResponseMessage reply) =>
        (Number(reply, "inin-ratelimit-count"), Number(reply, "inin-ratelimit-allowed"), Number(reply, "inin-ratelimit-reset"));

    private static int Number(HttpResponseMessage reply, string header) =>
        int.Parse(RunningSimulator.HeaderOf(reply, header), System.Globalization.CultureInfo.InvariantCulture);

    private static async Task<(int Inside, int OfLimit, int OfFault)> InsideAsync(RunningSimulator simulator)
    {
        var stats = await simulator.StatsAsync();
        var of = stats.GetProperty("calls_inside_retry_after_of");
        return (stats.GetProperty("calls_inside_retry_after").GetInt32(), of.GetProperty("429").GetInt32(), of.GetProperty("fault").GetInt32());
    }
}
