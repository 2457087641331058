using Gatehouse.Gateway.Configuration;
using Gatehouse.Gateway.Delivery;
using Gatehouse.Gateway.Health;
using Gatehouse.Gateway.Pipeline;
using Gatehouse.Gateway.Tests.Running;
using Gatehouse.Genesys.Routes;
using Gatehouse.Storage;

namespace Gatehouse.Gateway.Tests.Pipeline;

/// <summary>What is held while an upload is on its way, who is turned away meanwhile, and that all of it is given back.</summary>
public sealed class DoorTests : GatewayAtScript
{
    private protected override GatehouseOptions Adjust(GatehouseOptions options) => options with
    {
        Quotas = options.Quotas with { MaxConcurrent = 1 },
        Limits = options.Limits with { MaxStoredBytes = 1000, MinBytesPerSecond = 0 },
    };

    [Fact]
    public async Task The_same_key_while_the_first_is_being_received_is_a_409()
    {
        var body = new HeldBody();
        var first = SendAsync(body, key: "k1");
        await Eventually.TrueAsync(() => Gateway.Get<ReceiveSlots>().Contacts == 1);
        var repeat = await Gateway.UploadAsync("ada", "hello", key: "k1");
        Assert.Equal((409, "in-progress"), (repeat.Status, repeat.Code));
        body.Finish();
        Assert.Equal(200, (await first).Status);
    }

    [Fact]
    public async Task Who_finds_no_slot_waits_ten_seconds_and_is_told_429()
    {
        var body = new HeldBody();
        var first = SendAsync(body);
        await Eventually.TrueAsync(() => Gateway.Get<ReceiveSlots>().Contacts == 1);
        var began = Clock.Now;
        var second = Gateway.UploadAsync("ada", "hello");
        await PassTimeUntilAsync(() => second.IsCompleted);
        Assert.True(Clock.Now - began >= TimeSpan.FromSeconds(10));
        var refused = await second;
        Assert.Equal((429, "too-many-uploads-at-once", "concurrent"), (refused.Status, refused.Code, refused.Body.GetProperty("quota").GetString()));
        Assert.InRange(refused.Body.GetProperty("resets_at").GetDateTimeOffset(), began, Clock.GetUtcNow() + refused.Headers.RetryAfter!.Delta!.Value);
        Assert.Equal(200, (await Gateway.UploadAsync("bob", "hello")).Status);
        body.Finish();
        Assert.Equal(200, (await first).Status);
        await Eventually.TrueAsync(() => Gateway.Get<ReceiveSlots>().Contacts == 0);
    }

    [Fact]
    public async Task Who_hangs_up_in_the_middle_of_the_body_leaves_nothing_held()
    {
        using var hangUp = new CancellationTokenSource();
        var first = SendAsync(new HeldBody(), key: "k1", hangUp.Token);
        await Eventually.TrueAsync(() => Gateway.Get<ReceiveSlots>().Contacts == 1);
        await hangUp.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => first);
        await Eventually.TrueAsync(() => Gateway.Get<ReceiveSlots>().Contacts == 0);
        Assert.Equal(0, Gateway.Get<Spool>().Bytes);
        Assert.Equal(200, (await Gateway.UploadAsync("ada", "hello", key: "k1")).Status);
    }

    [Fact]
    public async Task Small_files_that_wait_count_as_stored_and_are_let_go_with_their_delivery()
    {
        var healed = false;
        Route.Answer = (_, _) => Task.FromResult<RouteOutcome>(Volatile.Read(ref healed) ? new RouteOutcome.Sent(null) : new RouteOutcome.Trouble(Outage: true, OutcomeUnknown: false, null, "down"));
        var queued = await Gateway.UploadAsync("ada", new string('a', 1000), prefer: "wait=0");
        Assert.Equal(202, queued.Status);
        var busy = await Gateway.UploadAsync("bob", "hello");
        Assert.Equal((503, "busy"), (busy.Status, busy.Code));
        Assert.NotNull(busy.Headers.RetryAfter);
        Assert.Equal(503, (await Gateway.GetAsync("/health/ready")).Status);
        var guard = Gateway.Get<StoredBytesGuard>();
        await guard.CountAsync(CancellationToken.None);
        Assert.Equal(1000, guard.Bytes);
        Volatile.Write(ref healed, true);
        await PassTimeUntilAsync(() => !guard.IsFull);
        Assert.Equal(200, (await Gateway.UploadAsync("bob", "hello")).Status);
    }

    [Fact]
    public async Task A_node_that_stops_turns_new_uploads_away_and_is_not_ready()
    {
        Gateway.Get<Readiness>().Drain();
        var refused = await Gateway.UploadAsync("ada", "hello");
        Assert.Equal((503, "shutting-down"), (refused.Status, refused.Code));
        Assert.NotNull(refused.Headers.RetryAfter);
        Assert.Equal(503, (await Gateway.GetAsync("/health/ready")).Status);
        Assert.Empty(Route.Asked);
    }

    [Fact]
    public async Task A_repeat_of_a_queued_upload_is_answered_with_its_Location_and_sent_once()
    {
        Route.Answer = (_, _) => Task.FromResult<RouteOutcome>(new RouteOutcome.Trouble(Outage: true, OutcomeUnknown: false, TimeSpan.FromMinutes(5), "down"));
        var first = await Gateway.UploadAsync("ada", "hello", prefer: "wait=0");
        var repeat = await Gateway.UploadAsync("ada", "hello", prefer: "wait=0");
        Assert.Equal((202, first.Location, true), (repeat.Status, repeat.Location, repeat.Body.GetProperty("upload").GetProperty("duplicate").GetBoolean()));
        await Eventually.TrueAsync(() => Gateway.Get<Deliveries>().Running == 0);
        Assert.Single(Route.Asked);
    }

    [Fact]
    public async Task An_unknown_route_is_refused()
    {
        var answer = await Gateway.UploadAsync("ada", "hello", route: "nowhere");
        Assert.Equal((400, "multipart-invalid", "route"), (answer.Status, answer.Code, answer.Body.GetProperty("field").GetString()));
    }

    [Theory]
    [InlineData("..")]
    [InlineData("- . -")]
    [InlineData("\u200b\u202e.")]
    [InlineData("\uffff\ufffe")]
    public async Task A_name_of_which_nothing_safe_is_left_is_refused(string filename)
    {
        var answer = await Gateway.UploadAsync("ada", "hello", filename: filename);
        Assert.Equal((400, "filename-invalid", "file"), (answer.Status, answer.Code, answer.Body.GetProperty("field").GetString()));
        Assert.Empty(Route.Asked);
    }

    [Fact]
    public async Task A_name_with_a_code_that_is_no_character_loses_it()
    {
        var answer = await Gateway.UploadAsync("ada", "hello", filename: "a\uFFFE.txt");
        Assert.Equal("a.txt", answer.Body.GetProperty("upload").GetProperty("filename").GetString());
    }

    private async Task<UploadAnswer> SendAsync(HeldBody body, string? key = null, CancellationToken cancellationToken = default)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/upload") { Content = body };
        request.Headers.Add("X-Contact-Id", "ada");
        if (key is not null) request.Headers.Add("Idempotency-Key", key);
        using var reply = await Gateway.Http.SendAsync(request, cancellationToken);
        return await UploadAnswer.ReadAsync(reply);
    }
}
