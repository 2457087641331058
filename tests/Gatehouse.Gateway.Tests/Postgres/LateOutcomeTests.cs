using Gatehouse.Gateway.Delivery;
using Gatehouse.Gateway.Tests.Running;
using Gatehouse.Genesys.Routes;

namespace Gatehouse.Gateway.Tests.Postgres;

public sealed class LateOutcomeTests : PostgresNodes
{
    [PostgresFact]
    public async Task What_a_sender_hears_after_another_has_taken_its_line_over_is_void()
    {
        var (late, next) = (new HeldRoute(), new HeldRoute());
        // The first node's clock stands still: as if it slept, it does not see its lease end.
        var clock = new ManualTime();
        var one = await StartNodeAsync(time: clock, route: late.Route);
        var uploading = one.UploadAsync("ada", "hello", prefer: "wait=0");
        await Eventually.TrueAsync(() =>
        {
            if (late.Route.Asked.Count == 0) clock.Advance(TimeSpan.FromMilliseconds(200));
            return uploading.IsCompleted && late.Route.Asked.Count == 1;
        });
        var other = await StartNodeAsync(route: next.Route);
        await Eventually.TrueAsync(() => next.Route.Asked.Count == 1);

        late.Answer("late");
        await Eventually.TrueAsync(() => one.Get<Deliveries>().Running == 0);
        var location = (await uploading).Location;
        Assert.Equal("delivering", (await other.GetAsync(location)).State);

        next.Answer("in time");
        await other.UntilAsync(location, "delivered");
        Assert.Equal("in time", (await other.GetAsync(location)).Body.GetProperty("result").GetProperty("said").GetString());
        Assert.Equal((1, 1), (late.Route.Asked.Count, next.Route.Asked.Count));
    }

    /// <summary>A route whose answer the test gives when it likes.</summary>
    private sealed class HeldRoute
    {
        private readonly TaskCompletionSource<RouteOutcome> _answer = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public HeldRoute() => Route = new() { Answer = (_, _) => _answer.Task };

        public ScriptedRoute Route { get; }

        public void Answer(string said) => _answer.SetResult(new RouteOutcome.Sent($$"""{"said": "{{said}}"}"""));
    }
}
