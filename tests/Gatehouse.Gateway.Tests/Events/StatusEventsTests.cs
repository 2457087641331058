using System.Text.Json;
using Gatehouse.Actors;
using Gatehouse.Actors.Contacts;
using Gatehouse.Actors.Engine;
using Gatehouse.Gateway.Configuration;
using Gatehouse.Gateway.Events;
using Gatehouse.Gateway.Health;
using Gatehouse.Gateway.Tests.Running;
using Gatehouse.Genesys.Routes;

namespace Gatehouse.Gateway.Tests.Events;

/// <summary>An upload's statuses as server-sent events. The clock stands still unless a test moves it, so that what arrives without was told by the commit itself.</summary>
public sealed class StatusEventsTests : GatewayAtScript
{
    private readonly List<TaskCompletionSource<RouteOutcome>> _attempts = [.. Enumerable.Range(0, 3).Select(_ => new TaskCompletionSource<RouteOutcome>(TaskCreationOptions.RunContinuationsAsynchronously))];
    private int _attempt = -1;

    public StatusEventsTests() => Route.Answer = (_, cut) => _attempts[Interlocked.Increment(ref _attempt)].Task.WaitAsync(cut);

    private protected override GatehouseOptions Adjust(GatehouseOptions options) => options with { Limits = options.Limits with { MaxEventStreams = 2 } };

    [Fact]
    public async Task Every_status_is_told_once_as_the_envelope_that_a_look_at_the_upload_shows_and_the_last_one_ends_the_stream()
    {
        var upload = await AttemptedAsync();
        using var events = await EventReader.OpenAsync(Gateway, upload.Location);
        Assert.Equal(
            (200, "text/event-stream", "no-store", "no", "nosniff"),
            ((int)events.Reply.StatusCode, events.Reply.Content.Headers.ContentType!.ToString(), events.Reply.Headers.CacheControl!.ToString(), Header(events, "X-Accel-Buffering"), Header(events, "X-Content-Type-Options")));
        var first = (await events.NextAsync())!;
        Assert.Equal(("status", "2 delivering"), (first.Name, first.ToString()));
        Assert.Equal(await Gateway.Http.GetStringAsync(upload.Location), first.Data);

        _attempts[0].SetResult(Trouble());
        Assert.Equal("3 queued", (await events.NextAsync())!.ToString());
        await PassTimeUntilAsync(() => Route.Asked.Count == 2);
        Assert.Equal("4 delivering", (await NextStatusAsync(events)).ToString());
        // What Genesys answers may have lines of its own; an event's data may, too.
        _attempts[1].SetResult(new RouteOutcome.Sent("{\n  \"id\": \"a\",\r\n  \"n\": 1\n}"));
        var last = await NextStatusAsync(events);
        Assert.Equal("5 delivered", last.ToString());
        Assert.Equal(1, JsonSerializer.Deserialize<JsonElement>(last.Data).GetProperty("result").GetProperty("n").GetInt32());
        Assert.Null(await events.NextAsync());
    }

    [Fact]
    public async Task Who_comes_back_hears_nothing_twice_and_waits_for_what_is_new()
    {
        var upload = await AttemptedAsync();
        using var events = await EventReader.OpenAsync(Gateway, upload.Location, lastEventId: "2");
        Assert.Equal(200, (int)events.Reply.StatusCode);
        _attempts[0].SetResult(new RouteOutcome.Sent(null));
        Assert.Equal(["3 delivered"], await events.RestAsync());
    }

    [Theory]
    [InlineData("1")]
    [InlineData("")]
    [InlineData("two")]
    [InlineData("-2")]
    [InlineData("99999999999999999999")]
    [InlineData("3")]
    public async Task Who_saw_an_earlier_status_or_one_that_never_was_is_told_the_present_one(string lastEventId)
    {
        var upload = await AttemptedAsync();
        using var events = await EventReader.OpenAsync(Gateway, upload.Location, lastEventId);
        Assert.Equal("2 delivering", (await events.NextAsync())!.ToString());
    }

    [Fact]
    public async Task Of_an_upload_that_has_ended_the_end_is_told_once_and_who_saw_it_is_told_not_to_come_back()
    {
        _attempts[0].SetResult(new RouteOutcome.Sent(null));
        var upload = await Gateway.UploadAsync("ada", "hello");
        foreach (var seen in (string?[])[null, "2", "4"])
        {
            using var events = await EventReader.OpenAsync(Gateway, upload.Location, seen);
            Assert.Equal(["3 delivered"], await events.RestAsync());
        }
        using var again = await EventReader.OpenAsync(Gateway, upload.Location, "3");
        Assert.Equal((204, "no-store"), ((int)again.Reply.StatusCode, again.Reply.Headers.CacheControl!.ToString()));
        Assert.Empty(await again.RestAsync());
    }

    [Fact]
    public async Task What_another_node_commits_is_told_at_the_next_look()
    {
        var upload = await AttemptedAsync();
        using var events = await EventReader.OpenAsync(Gateway, upload.Location);
        Assert.Equal("2 delivering", (await events.NextAsync())!.ToString());
        // Over the same store, but not with this node's observers.
        var elsewhere = new StoredEngine<ContactState, ContactCommand, ContactReply>(Gateway.Get<ContactActor>(), Gateway.Get<IActorStore>(), [], Clock, new StoredEngineOptions());
        var claim = (ContactReply.Claimed)await elsewhere.AskAsync("ada", new Claim(new ClaimRequest(UploadId.New(), "another node", SoleOwner: true, Early: false)));
        await elsewhere.AskAsync("ada", new Complete(claim.Id, claim.Fence, new AttemptOutcome.Delivered(null, GenesysContactId: null)));
        Clock.Advance(StatusWatches.LookEvery);
        Assert.Equal(["3 delivered"], await events.RestAsync());
    }

    [Fact]
    public async Task A_stream_with_nothing_to_tell_says_so_before_a_proxy_takes_it_for_dead()
    {
        var upload = await AttemptedAsync();
        using var events = await EventReader.OpenAsync(Gateway, upload.Location, lastEventId: "2");
        for (var i = 0; i < 2; i++)
        {
            var began = Clock.GetUtcNow();
            var next = events.NextAsync();
            await PassTimeUntilAsync(() => next.IsCompleted);
            Assert.Equal("comment", (await next)!.ToString());
            Assert.True(Clock.GetUtcNow() - began >= TimeSpan.FromSeconds(14), "It talks too much.");
        }
    }

    [Fact]
    public async Task Above_its_limit_the_node_is_busy_until_a_stream_ends()
    {
        var upload = await AttemptedAsync();
        var first = await EventReader.OpenAsync(Gateway, upload.Location);
        using var second = await EventReader.OpenAsync(Gateway, upload.Location);
        using (var third = await EventReader.OpenAsync(Gateway, upload.Location))
        {
            Assert.Equal((503, "10"), ((int)third.Reply.StatusCode, Header(third, "Retry-After")));
            var problem = await third.ProblemAsync();
            Assert.Equal("busy", problem.GetProperty("code").GetString());
            Assert.Contains("Limits:MaxEventStreams", problem.GetProperty("detail").GetString(), StringComparison.Ordinal);
        }
        Assert.Contains("gatehouse_event_streams 2\n", await Gateway.Http.GetStringAsync("/metrics"), StringComparison.Ordinal);
        first.Dispose();
        await Eventually.TrueAsync(() => Gateway.Get<StatusWatches>().Open == 1);
        using var fourth = await EventReader.OpenAsync(Gateway, upload.Location);
        Assert.Equal("2 delivering", (await fourth.NextAsync())!.ToString());
    }

    [Fact]
    public async Task HEAD_says_what_GET_would_and_holds_no_stream()
    {
        var upload = await AttemptedAsync();
        Assert.Equal((200, "text/event-stream"), await HeadAsync(null));
        _attempts[0].SetResult(new RouteOutcome.Sent(null));
        await Gateway.UntilAsync(upload.Location, "delivered");
        Assert.Equal((204, null), await HeadAsync("3"));
        Assert.Equal(0, Gateway.Get<StatusWatches>().Open);

        async Task<(int Status, string? Type)> HeadAsync(string? seen)
        {
            using var request = new HttpRequestMessage(HttpMethod.Head, upload.Location + "/events");
            if (seen is not null) request.Headers.TryAddWithoutValidation("Last-Event-ID", seen);
            using var reply = await Gateway.Http.SendAsync(request);
            return ((int)reply.StatusCode, reply.Content.Headers.ContentType?.ToString());
        }
    }

    [Fact]
    public async Task A_node_that_stops_opens_no_new_stream()
    {
        var upload = await AttemptedAsync();
        Gateway.Get<Readiness>().Drain();
        using var events = await EventReader.OpenAsync(Gateway, upload.Location);
        Assert.Equal((503, "5"), ((int)events.Reply.StatusCode, Header(events, "Retry-After")));
        Assert.Equal("shutting-down", (await events.ProblemAsync()).GetProperty("code").GetString());
    }

    /// <summary>An upload whose first attempt is under way.</summary>
    private async Task<UploadAnswer> AttemptedAsync()
    {
        var upload = await Gateway.UploadAsync("ada", "hello", prefer: "wait=0");
        await Eventually.TrueAsync(() => Route.Asked.Count == 1);
        return upload;
    }

    private static async Task<SentEvent> NextStatusAsync(EventReader events)
    {
        while (true)
        {
            if (await events.NextAsync() is { IsComment: false } status) return status;
        }
    }

    private static string? Header(EventReader events, string name) => events.Reply.Headers.TryGetValues(name, out var values) ? string.Join(',', values) : null;

    private static RouteOutcome.Trouble Trouble() => new(Outage: true, OutcomeUnknown: false, RetryAfter: null, "It failed.");
}
