using Gatehouse.Gateway.Tests.Running;
using Gatehouse.Genesys;

namespace Gatehouse.Gateway.Tests.Delivery;

/// <summary>How long callers wait, and how long nothing is sent: by a clock that the gateway and Genesys share.</summary>
public sealed class WaitTests : GatewayAtSimulator
{
    private readonly ManualTime _clock = new();

    private protected override TimeProvider Time => _clock;

    private protected override TimeProvider GenesysTime => _clock;

    [Fact]
    public async Task A_wait_in_vain_ends_with_202_and_tells_of_the_attempts_made_meanwhile()
    {
        await Genesys.FaultsAsync(new { status = 503 });
        var waiting = Gateway.UploadAsync("ada", "hello", prefer: "wait=2");
        await Eventually.HoldsAsync("its first attempt is recorded", async () =>
            (await Gateway.GetAsync("/v1/contacts/ada/uploads")).Body.GetRawText() is var seen && seen.Contains("\"attempts\":1", StringComparison.Ordinal) ? null : seen);
        Assert.False(waiting.IsCompleted);
        await PassAsync(() => Task.FromResult(waiting.IsCompleted));
        var answer = await waiting;
        Assert.Equal((202, "wait=2"), (answer.Status, answer.Header("Preference-Applied")));
        Assert.True(answer.Body.GetProperty("upload").GetProperty("attempts").GetInt32() >= 1);
        Assert.Equal(503, answer.Body.GetProperty("error").GetProperty("genesys_status").GetInt32());
    }

    [Fact]
    public async Task A_pause_that_outlasts_the_wait_ends_it_as_soon_as_it_is_known_for_the_whole_line()
    {
        await Genesys.FaultsAsync(new { status = 429, retry_after_seconds = 60 });
        // The clock stands still: no wait ends by itself.
        var answers = await Task.WhenAll(Enumerable.Range(0, 3).Select(i => Gateway.UploadAsync("ada", "file " + i))).WaitAsync(Patience);
        Assert.All(answers, answer => Assert.Equal((202, "queued"), (answer.Status, answer.State)));
        Assert.Equal(1, await CallsAsync("429"));
    }

    [Fact]
    public async Task A_pause_that_ends_within_the_wait_is_waited_out()
    {
        await Genesys.FaultsAsync(new { status = 429, retry_after_seconds = 15 });
        var waiting = Gateway.UploadAsync("ada", "hello");
        await Eventually.TrueAsync(() => Gateway.Get<ITokenGate>().PausedUntil is not null);
        await Genesys.HealAsync();
        // Past the pause and short of the wait, which is 20 s: the clock does not run ahead of what is being sent.
        await PassAsync(() => Task.FromResult(waiting.IsCompleted), most: TimeSpan.FromSeconds(19));
        Assert.Equal(200, (await waiting).Status);
    }

    [Fact]
    public async Task While_Genesys_has_asked_for_a_pause_readiness_is_degraded()
    {
        Assert.Equal((200, "ready", "ok"), await ReadyAsync());
        await Genesys.FaultsAsync(new { status = 429, retry_after_seconds = 60 });
        await Gateway.UploadAsync("ada", "hello", prefer: "wait=0");
        await Eventually.TrueAsync(() => Gateway.Get<ITokenGate>().PausedUntil is not null);
        Assert.Equal((200, "degraded", "degraded"), await ReadyAsync());
        await Genesys.HealAsync();
        await PassAsync(async () => await ReadyAsync() is (200, "ready", "ok"));
    }

    [Fact]
    public async Task No_call_is_made_inside_a_pause_that_Genesys_asked_for()
    {
        await Genesys.FaultsAsync(new { status = 429, retry_after_seconds = 60 });
        var first = await Gateway.UploadAsync("ada", "hello", prefer: "wait=0");
        await Eventually.TrueAsync(() => Gateway.Get<ITokenGate>().PausedUntil is not null);
        await Genesys.HealAsync();
        var paused = _clock.Now;
        var second = await Gateway.UploadAsync("bob", "hello", prefer: "wait=0");
        await PassAsync(async () => (await Gateway.GetAsync(first.Location)).State is "delivered" && (await Gateway.GetAsync(second.Location)).State is "delivered");
        Assert.True(_clock.Now - paused >= TimeSpan.FromSeconds(60));
        Assert.Equal((1, 2), (await CallsAsync("429"), await CallsAsync("200")));
        Assert.Equal(0, (await Genesys.StatsAsync()).GetProperty("calls_inside_retry_after").GetInt32());
    }

    /// <summary>Far longer than anything here takes: a test that meets it has failed.</summary>
    private static TimeSpan Patience => TimeSpan.FromSeconds(30);

    private static TimeSpan Step => TimeSpan.FromMilliseconds(500);

    private async Task<(int Status, string? All, string? Genesys)> ReadyAsync()
    {
        var answer = await Gateway.GetAsync("/health/ready");
        return (answer.Status, answer.Body.GetProperty("status").GetString(), answer.Body.GetProperty("checks").TryGetProperty("genesys", out var check) ? check.GetProperty("status").GetString() : null);
    }

    private Task PassAsync(Func<Task<bool>> until, TimeSpan? most = null)
    {
        var last = _clock.Now + most ?? DateTimeOffset.MaxValue;
        return Eventually.HoldsAsync("it comes with time", async () =>
        {
            if (await until()) return null;
            if (_clock.Now < last) _clock.Advance(Step);
            return "not yet";
        });
    }

    private async Task<int> CallsAsync(string status) =>
        (await Genesys.StatsAsync()).GetProperty("calls").TryGetProperty("POST /api/v2/externalcontacts/{contactId}/attachments", out var calls) && calls.TryGetProperty(status, out var count) ? count.GetInt32() : 0;
}
