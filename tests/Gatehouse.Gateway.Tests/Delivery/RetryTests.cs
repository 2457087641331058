using Gatehouse.Actors;
using Gatehouse.Gateway.Configuration;
using Gatehouse.Gateway.Delivery;
using Gatehouse.Gateway.Tests.Running;
using Gatehouse.Genesys.Routes;

namespace Gatehouse.Gateway.Tests.Delivery;

/// <summary>Retries, their order and their end, by a clock that the test moves.</summary>
public sealed class RetryTests : GatewayAtScript
{
    private static readonly Task<RouteOutcome> Sent = Task.FromResult<RouteOutcome>(new RouteOutcome.Sent(null));

    private const int MostFiles = 6;

    private protected override GatehouseOptions Adjust(GatehouseOptions options) => options with
    {
        Delivery = options.Delivery with { MaxAttempts = 3 },
        Quotas = options.Quotas with { MaxFiles = MostFiles },
    };

    [Fact]
    public async Task A_file_that_Genesys_cannot_digest_ends_failed_and_those_behind_it_arrive()
    {
        var poison = RunningGateway.Sha256("poison");
        Route.Answer = (row, _) => Is(row, poison) ? Trouble(outage: false) : Sent;
        var poisoned = await Gateway.UploadAsync("ada", "poison", prefer: "wait=0");
        var behind = await Gateway.UploadAsync("ada", "behind", prefer: "wait=0");
        await PassTimeUntilAsync(() => Route.AttemptsOf(RunningGateway.Sha256("behind")) == 1);
        await Gateway.UntilAsync(behind.Location, "delivered");
        var failed = (await Gateway.GetAsync(poisoned.Location)).Body;
        Assert.Equal(("failed", 3), (failed.GetProperty("upload").GetProperty("status").GetString(), Route.AttemptsOf(poison)));
        Assert.Equal("genesys-refused", failed.GetProperty("error").GetProperty("code").GetString());
    }

    [Fact]
    public async Task A_fault_of_ours_that_one_file_brings_out_is_counted_like_one_of_Genesys()
    {
        Route.Answer = (row, _) => Is(row, RunningGateway.Sha256("poison")) ? throw new InvalidOperationException("a bug") : Sent;
        var poisoned = await Gateway.UploadAsync("ada", "poison", prefer: "wait=0");
        await Gateway.UploadAsync("ada", "behind", prefer: "wait=0");
        await PassTimeUntilAsync(() => Route.AttemptsOf(RunningGateway.Sha256("behind")) == 1);
        Assert.Equal("failed", (await Gateway.GetAsync(poisoned.Location)).State);
    }

    [Fact]
    public async Task An_upload_whose_file_was_lost_ends_with_the_id_that_the_log_knows_it_by_and_no_more()
    {
        Route.Answer = (_, _) => Trouble(outage: true);
        var upload = await Gateway.UploadAsync("ada", new string('a', FilePlaces.SmallFileBytes + 1), prefer: "wait=0");
        await Eventually.TrueAsync(() => Route.Asked.Count == 1 && Gateway.Get<Deliveries>().Running == 0);
        Assert.True(UploadId.TryParse(upload.Id, out var id));
        await Gateway.Get<IBlobStore>().DeleteAsync(id, CancellationToken.None);
        var failed = false;
        await PassTimeUntilAsync(() => failed || (failed = Gateway.Get<IUploadRows>().FindAsync(id, CancellationToken.None).AsTask().Result!.Status == UploadStatus.Failed));
        var error = (await Gateway.GetAsync(upload.Location)).Body.GetProperty("error");
        Assert.Equal(("internal-error", upload.Id), (error.GetProperty("code").GetString(), error.GetProperty("correlation_id").GetString()));
        Assert.False(error.TryGetProperty("detail", out _));
    }

    [Fact]
    public async Task An_outage_is_not_held_against_an_upload_however_long_it_lasts()
    {
        var healed = false;
        Route.Answer = (_, _) => Volatile.Read(ref healed) ? Sent : Trouble(outage: true);
        var upload = await Gateway.UploadAsync("ada", "hello", prefer: "wait=0");
        await PassTimeUntilAsync(() => Route.Asked.Count > 6);
        Assert.Equal("queued", (await Gateway.GetAsync(upload.Location)).State);
        Volatile.Write(ref healed, true);
        await PassTimeUntilAsync(() => !Gateway.Get<Routes>().Default.Health.IsOpen);
        await Gateway.UntilAsync(upload.Location, "delivered");
    }

    [Fact]
    public async Task Entries_of_a_contact_go_one_at_a_time_in_the_order_of_admission_through_all_retries()
    {
        var turns = 0;
        Route.Answer = (_, _) => Interlocked.Increment(ref turns) % 2 == 1 ? Trouble(outage: true) : Sent;
        for (var i = 0; i < 4; i++) await Gateway.UploadAsync("ada", "file " + i, prefer: "wait=0");
        await PassTimeUntilAsync(() => Route.AttemptsOf(RunningGateway.Sha256("file 3")) == 2);
        Assert.Equal(Enumerable.Range(0, 4).SelectMany(i => new[] { RunningGateway.Sha256("file " + i), RunningGateway.Sha256("file " + i) }), Route.Asked.Select(row => row.Sha256));
    }

    [Fact]
    public async Task The_first_success_after_a_failure_makes_waiting_heads_due_at_once()
    {
        var hers = RunningGateway.Sha256("hers");
        Route.Answer = (row, _) => Is(row, hers) && Route.AttemptsOf(hers) == 1 ? Trouble(outage: true, TimeSpan.FromMinutes(9)) : Sent;
        var waits = await Gateway.UploadAsync("ada", "hers", prefer: "wait=0");
        // Her runner is gone: a look of its own would find the route working, too.
        await Eventually.TrueAsync(() => Route.AttemptsOf(hers) == 1 && Gateway.Get<Deliveries>().Running == 0);
        var now = Clock.GetUtcNow();
        Assert.Equal(200, (await Gateway.UploadAsync("bob", "his")).Status);
        await Gateway.UntilAsync(waits.Location, "delivered");
        Assert.Equal((2, now), (Route.AttemptsOf(hers), Clock.GetUtcNow()));
    }

    [Fact]
    public async Task Past_its_time_a_failed_attempt_ends_an_upload_as_expired()
    {
        Route.Answer = (_, _) => Trouble(outage: true);
        var upload = await Gateway.UploadAsync("ada", "hello", prefer: "wait=0");
        await PassTimeUntilAsync(() => Route.Asked.Count > 0 && Gateway.Get<Deliveries>().Running == 0);
        Clock.Advance(TimeSpan.FromHours(25));
        await PassTimeUntilAsync(() => Route.Asked.Count > 1 && Gateway.Get<Deliveries>().Running == 0);
        var expired = await Gateway.UntilAsync(upload.Location, "expired");
        Assert.Equal("expired", expired.GetProperty("status").GetString());
    }

    [Fact]
    public async Task An_attempt_longer_than_its_lease_keeps_its_claim_and_is_made_once()
    {
        var end = new TaskCompletionSource<RouteOutcome>(TaskCreationOptions.RunContinuationsAsynchronously);
        Route.Answer = (_, cut) => end.Task.WaitAsync(cut);
        var upload = await Gateway.UploadAsync("ada", "hello", prefer: "wait=0");
        await Eventually.TrueAsync(() => Route.Asked.Count == 1);
        var until = Clock.GetUtcNow() + TimeSpan.FromSeconds(35);
        await PassTimeUntilAsync(() => Clock.GetUtcNow() >= until);
        end.SetResult(new RouteOutcome.Sent(null));
        await Gateway.UntilAsync(upload.Location, "delivered");
        Assert.Single(Route.Asked);
    }

    [Fact]
    public async Task An_open_circuit_lets_one_probe_through_and_closes_with_its_success()
    {
        var healed = false;
        Route.Answer = (_, _) => Volatile.Read(ref healed) ? Sent : Task.FromResult<RouteOutcome>(new RouteOutcome.RouteDown("no permission") { Status = 403 });
        for (var i = 0; i < 4; i++) await Gateway.UploadAsync("contact" + i, "hello", prefer: "wait=0");
        var health = Gateway.Get<Routes>().Default.Health;
        await Eventually.TrueAsync(() => health.IsOpen && Gateway.Get<Deliveries>().Running == 0);
        var asked = Route.Asked.Count;
        Clock.Advance(TimeSpan.FromSeconds(55));
        await Gateway.GetAsync("/v1/policy");
        Assert.Equal(asked, Route.Asked.Count);
        await PassTimeUntilAsync(() => Route.Asked.Count > asked);
        Assert.True(health.IsOpen);
        Volatile.Write(ref healed, true);
        await PassTimeUntilAsync(() => !health.IsOpen);
        await PassTimeUntilAsync(() => Route.Asked.Select(row => row.ContactId).Distinct(StringComparer.Ordinal).Count() == 4);
    }

    [Fact]
    public async Task An_upload_that_failed_for_good_gives_its_quota_back_and_is_no_first_for_a_duplicate()
    {
        var cured = false;
        Route.Answer = (_, _) => Volatile.Read(ref cured) ? Sent : Trouble(outage: false);
        for (var i = 0; i < MostFiles; i++) await Gateway.UploadAsync("ada", "file " + i, prefer: "wait=0");
        Assert.Equal((429, "quota-exceeded"), await KnockAsync());
        await PassTimeUntilAsync(() => Route.AttemptsOf(RunningGateway.Sha256("file 0")) == 3 && Route.AttemptsOf(RunningGateway.Sha256("file 1")) > 0);
        Volatile.Write(ref cured, true);
        // One has failed for good, the others arrive: one place is free again, and only one.
        await PassTimeUntilAsync(() => Route.AttemptsOf(RunningGateway.Sha256($"file {MostFiles - 1}")) == 1 && Gateway.Get<Deliveries>().Running == 0);
        var again = await Gateway.UploadAsync("ada", "file 0");
        Assert.Equal((200, "delivered", false), (again.Status, again.State, again.Body.GetProperty("upload").GetProperty("duplicate").GetBoolean()));
        Assert.Equal((429, "quota-exceeded"), await KnockAsync());

        async Task<(int Status, string? Code)> KnockAsync()
        {
            var answer = await Gateway.UploadAsync("ada", "one more", prefer: "wait=0");
            return (answer.Status, answer.Code);
        }
    }

    private static bool Is(UploadRow row, string sha256) => string.Equals(row.Sha256, sha256, StringComparison.Ordinal);

    private static Task<RouteOutcome> Trouble(bool outage, TimeSpan? after = null) =>
        Task.FromResult<RouteOutcome>(new RouteOutcome.Trouble(outage, OutcomeUnknown: false, after, "It failed.") { Status = outage ? 503 : 500 });
}
