using Gatehouse.Gateway.Tests.Running;
using Gatehouse.Genesys.Routes;

namespace Gatehouse.Gateway.Tests.Delivery;

/// <summary>Waits that an attempt's end has made vain, by a clock that only the test moves.</summary>
public sealed class VainWaitTests : GatewayAtScript
{
    /// <summary>Far longer than anything here takes: a test that meets it has failed.</summary>
    private static TimeSpan Patience => TimeSpan.FromSeconds(30);

    [Fact]
    public async Task A_next_attempt_past_the_wait_ends_it()
    {
        Route.Answer = (_, _) => Task.FromResult<RouteOutcome>(new RouteOutcome.Trouble(Outage: true, OutcomeUnknown: false, TimeSpan.FromMinutes(1), "It failed.") { Status = 503 });
        var answer = await Gateway.UploadAsync("ada", "hello", prefer: "wait=20").WaitAsync(Patience);
        Assert.Equal((202, 1, 503), (answer.Status, answer.Body.GetProperty("upload").GetProperty("attempts").GetInt32(), answer.Body.GetProperty("error").GetProperty("genesys_status").GetInt32()));
    }

    [Fact]
    public async Task An_attempt_that_does_not_end_is_waited_for_as_long_as_was_asked()
    {
        Route.Answer = (_, cut) => new TaskCompletionSource<RouteOutcome>().Task.WaitAsync(cut);
        var began = Clock.Now;
        var waiting = Gateway.UploadAsync("ada", "hello", prefer: "wait=2");
        await Eventually.TrueAsync(() => Route.Asked.Count == 1);
        await PassTimeUntilAsync(() => waiting.IsCompleted);
        Assert.Equal(202, (await waiting).Status);
        Assert.True(Clock.Now - began >= TimeSpan.FromSeconds(2));
    }

    [Fact]
    public async Task A_circuit_that_opens_ends_the_waits_of_its_route_but_for_those_whose_attempt_is_under_way()
    {
        var hers = new TaskCompletionSource<RouteOutcome>(TaskCreationOptions.RunContinuationsAsynchronously);
        Route.Answer = (row, _) => row.ContactId is "ada" ? hers.Task : Task.FromResult<RouteOutcome>(new RouteOutcome.RouteDown("no permission") { Status = 403 });
        var underWay = Gateway.UploadAsync("ada", "first");
        await Eventually.TrueAsync(() => Route.Asked.Count == 1);
        var behind = Gateway.UploadAsync("ada", "second");
        await Eventually.HoldsAsync("it is in the line", async () => (await Gateway.GetAsync("/v1/contacts/ada/uploads")).Body.GetProperty("waiting").GetInt32() == 2 ? null : "not yet");
        Assert.Equal(502, (await Gateway.UploadAsync("eve", "refused")).Status);
        Assert.Equal((202, "queued"), ((await behind.WaitAsync(Patience)).Status, (await behind).State));
        Assert.False(underWay.IsCompleted);
        hers.SetResult(new RouteOutcome.Sent(null));
        Assert.Equal(200, (await underWay.WaitAsync(Patience)).Status);
    }
}
