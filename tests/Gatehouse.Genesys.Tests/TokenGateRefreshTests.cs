using Gatehouse.Actors.Tokens;

namespace Gatehouse.Genesys.Tests;

public sealed class TokenGateRefreshTests
{
    [Fact]
    public async Task All_concurrent_callers_share_one_refresh()
    {
        await using var rig = await GateRig.StartAsync();
        var waiters = Enumerable.Range(0, 50).Select(_ => rig.Gate.TakeAsync(CancellationToken.None).AsTask()).ToArray();
        (await rig.Desk.NextAsync<TakeLease>()).Reply(rig.Lease(default, version: 0, refreshFence: 7));
        var report = await rig.Desk.NextAsync<Refreshed>();
        var refreshed = (Refreshed)report.Command;
        Assert.Equal((7, TimeSpan.FromDays(1), "client-1"), (refreshed.Fence, refreshed.ExpiresIn, report.Key));
        report.Done();
        (await rig.Desk.NextAsync<TakeLease>()).Reply(rig.Lease(refreshed.Token, unlimited: true));
        Assert.All(await Task.WhenAll(waiters), permit => Assert.Equal("token-1", permit.AccessToken));
        Assert.Single(rig.Stub.Login);
        Assert.Equal([true], rig.Telemetry.Refreshes);
    }

    [Fact]
    public async Task A_node_that_made_the_refresh_uses_what_was_leased_with_it_and_asks_no_further()
    {
        await using var rig = await GateRig.StartAsync();
        var waiting = rig.Gate.TakeAsync(CancellationToken.None).AsTask();
        (await rig.Desk.NextAsync<TakeLease>()).Reply(rig.Lease(default, version: 4, refreshFence: 7, permits: 2, intervalSeconds: 0));
        var report = await rig.Desk.NextAsync<Refreshed>();
        report.Reply(new TokenReply.Done(5));
        Assert.Equal(new Permit("token-1", 5), await waiting);
        Assert.NotNull(rig.Gate.TryTake());
        Assert.Equal(0, rig.Desk.Unread);
        rig.Clock.Advance(TimeSpan.FromSeconds(2));
        Assert.Null(rig.Gate.TryTake());
    }

    [Fact]
    public async Task What_was_leased_with_a_refresh_that_took_longer_is_void()
    {
        await using var rig = await GateRig.StartAsync();
        var waiting = rig.Gate.TakeAsync(CancellationToken.None).AsTask();
        (await rig.Desk.NextAsync<TakeLease>()).Reply(rig.Lease(default, version: 4, refreshFence: 7, permits: 2, intervalSeconds: 0));
        var report = await rig.Desk.NextAsync<Refreshed>();
        rig.Clock.Advance(TimeSpan.FromSeconds(2));
        report.Reply(new TokenReply.Done(5));
        (await rig.Desk.NextAsync<TakeLease>()).Reply(rig.Lease(((Refreshed)report.Command).Token, version: 5, permits: 1));
        await waiting;
    }

    [Fact]
    public async Task The_stored_token_is_sealed_and_opens_after_a_restart_without_a_login()
    {
        await using var rig = await GateRig.StartAsync();
        var token = await rig.FirstTokenAsync();
        Assert.Equal(-1, token.Span.IndexOf("token-1"u8));
        await using var restarted = await GateRig.StartAsync(o => o.LoginBaseAddress = rig.Options.LoginBaseAddress);
        var waiting = restarted.Gate.TakeAsync(CancellationToken.None).AsTask();
        (await restarted.Desk.NextAsync<TakeLease>()).Reply(restarted.Lease(token, permits: 1));
        Assert.Equal("token-1", (await waiting).AccessToken);
        Assert.Single(rig.Stub.Login);
    }

    [Theory]
    [InlineData("another-secret", null)]
    [InlineData(null, "another-client")]
    public async Task A_token_sealed_under_another_secret_or_client_counts_as_none(string? secret, string? client)
    {
        await using var rig = await GateRig.StartAsync();
        var token = await rig.FirstTokenAsync();
        await using var changed = await GateRig.StartAsync(o =>
        {
            o.LoginBaseAddress = rig.Options.LoginBaseAddress;
            o.ClientSecret = secret ?? o.ClientSecret;
            o.ClientId = client ?? o.ClientId;
        });
        await NotOpenedAsync(changed, token);
    }

    [Fact]
    public async Task A_stored_token_that_was_tampered_with_counts_as_none()
    {
        await using var rig = await GateRig.StartAsync();
        var token = (await rig.FirstTokenAsync()).ToArray();
        token[^1] ^= 1;
        await using var restarted = await GateRig.StartAsync(o => o.LoginBaseAddress = rig.Options.LoginBaseAddress);
        await NotOpenedAsync(restarted, token);
    }

    [Fact]
    public async Task A_refresh_ahead_of_expiry_goes_beside_the_old_token()
    {
        await using var rig = await GateRig.StartAsync();
        var token = await rig.FirstTokenAsync();
        var waiting = rig.Gate.TakeAsync(CancellationToken.None).AsTask();
        (await rig.Desk.NextAsync<TakeLease>()).Reply(rig.Lease(token, unlimited: true, refreshFence: 2));
        Assert.Equal("token-1", (await waiting).AccessToken);
        var report = await rig.Desk.NextAsync<Refreshed>();
        Assert.Equal("token-1", rig.Gate.TryTake()!.AccessToken);
        report.Done();
        rig.Clock.Advance(TimeSpan.FromSeconds(2));
        var next = rig.Gate.TakeAsync(CancellationToken.None).AsTask();
        (await rig.Desk.NextAsync<TakeLease>()).Reply(rig.Lease(((Refreshed)report.Command).Token, version: 2, unlimited: true));
        Assert.Equal(new Permit("token-2", 2), await next);
    }

    [Fact]
    public async Task A_login_that_does_not_answer_holds_nobody_up_while_the_old_token_lives()
    {
        await using var rig = await GateRig.StartAsync();
        var token = await rig.FirstTokenAsync();
        var slow = new TaskCompletionSource();
        rig.Stub.OnLogin = async context =>
        {
            await slow.Task;
            await rig.Stub.IssueAsync(context);
        };
        var first = rig.Gate.TakeAsync(CancellationToken.None).AsTask();
        (await rig.Desk.NextAsync<TakeLease>()).Reply(rig.Lease(token, unlimited: true, refreshFence: 2));
        await first;
        rig.Clock.Advance(TimeSpan.FromSeconds(2));
        var second = rig.Gate.TakeAsync(CancellationToken.None).AsTask();
        (await rig.Desk.NextAsync<TakeLease>()).Reply(rig.Lease(token, unlimited: true));
        Assert.Equal("token-1", (await second).AccessToken);

        // When it ends meanwhile, the refresh is waited for, and no lease is asked for in vain.
        rig.Clock.Advance(TimeSpan.FromSeconds(2));
        var third = rig.Gate.TakeAsync(CancellationToken.None).AsTask();
        (await rig.Desk.NextAsync<TakeLease>()).Reply(rig.Lease(default));
        slow.SetResult();
        var report = await rig.Desk.NextAsync<Refreshed>();
        report.Done();
        (await rig.Desk.NextAsync<TakeLease>()).Reply(rig.Lease(((Refreshed)report.Command).Token, version: 2, unlimited: true));
        Assert.Equal(new Permit("token-2", 2), await third);
    }

    [Fact]
    public async Task A_fault_of_ours_in_a_refresh_does_not_end_refreshing()
    {
        await using var stub = await GenesysStub.StartAsync();
        var (options, desk, clock, log) = (stub.Options(), new Desk(), new ManualTime(), new ListLogger<TokenGate>());
        using var http = new HttpMessageInvoker(new FaultyOnce());
        await using var gate = new TokenGate(desk, new OAuthClient(http, options, options.Credentials()[0], clock, NoGenesysTelemetry.Instance), "node-1", clock, new Random(1), NoGenesysTelemetry.Instance, log);
        var waiting = gate.TakeAsync(CancellationToken.None).AsTask();
        var now = clock.GetUtcNow();
        var none = new TokenReply.Lease(now, now.AddSeconds(2), default, 0, now, true, 0, now, TimeSpan.Zero, null, 1, now.AddSeconds(2));
        (await desk.NextAsync<TakeLease>()).Reply(none);
        (await desk.NextAsync<RefreshFailed>()).Done();
        (await desk.NextAsync<TakeLease>()).Reply(none with { RefreshFence = 2 });
        var report = await desk.NextAsync<Refreshed>();
        report.Done();
        (await desk.NextAsync<TakeLease>()).Reply(none with { Token = ((Refreshed)report.Command).Token, Version = 1, TokenExpiresAt = now.AddDays(1), Permits = int.MaxValue, RefreshFence = null });
        Assert.Equal("token-1", (await waiting).AccessToken);
        Assert.Contains(log.Lines, line => line.Contains(nameof(InvalidOperationException), StringComparison.Ordinal));
    }

    [Fact]
    public async Task Concurrent_401s_invalidate_once_and_all_get_a_newer_token()
    {
        await using var rig = await GateRig.StartAsync();
        var token = await rig.FirstTokenAsync();
        var taken = rig.Gate.TakeAsync(CancellationToken.None).AsTask();
        (await rig.Desk.NextAsync<TakeLease>()).Reply(rig.Lease(token, unlimited: true));
        var refused = await taken;
        var replaced = Enumerable.Range(0, 20).Select(_ => rig.Gate.ReplaceAsync(refused, CancellationToken.None).AsTask()).ToArray();
        Assert.Null(rig.Gate.TryTake());
        var invalidate = await rig.Desk.NextAsync<Invalidate>();
        Assert.Equal(1, ((Invalidate)invalidate.Command).Version);
        invalidate.Done();
        (await rig.Desk.NextAsync<TakeLease>()).Reply(rig.Lease(default, version: 1, refreshFence: 2));
        var report = await rig.Desk.NextAsync<Refreshed>();
        report.Done();
        (await rig.Desk.NextAsync<TakeLease>()).Reply(rig.Lease(((Refreshed)report.Command).Token, version: 2, unlimited: true));
        Assert.All(await Task.WhenAll(replaced), permit => Assert.Equal(new Permit("token-2", 2), permit));
        Assert.Equal(2, rig.Stub.Login.Count);

        // One that learns of the old token's refusal only now gets the new one, and nothing is invalidated.
        Assert.Equal("token-2", (await rig.Gate.ReplaceAsync(refused, CancellationToken.None)).AccessToken);
        Assert.Equal(0, rig.Desk.Unread);
    }

    [Fact]
    public async Task A_lease_that_was_under_way_when_its_token_was_refused_is_not_used()
    {
        await using var rig = await GateRig.StartAsync();
        var token = await rig.FirstTokenAsync();
        var waiting = rig.Gate.TakeAsync(CancellationToken.None).AsTask();
        var ask = await rig.Desk.NextAsync<TakeLease>();
        var replaced = rig.Gate.ReplaceAsync(new Permit("token-1", 1), CancellationToken.None).AsTask();
        ask.Reply(rig.Lease(token, unlimited: true));
        await rig.Clock.Sleeping;
        Assert.False(waiting.IsCompleted || replaced.IsCompleted);
        rig.Clock.Advance(TimeSpan.FromSeconds(1));
        (await rig.Desk.NextAsync<Invalidate>()).Done();
    }

    [Theory]
    [InlineData(400, """{"error":"invalid_client","description":"client not found","error_description":"client not found"}""")]
    [InlineData(401, """{"error":"invalid_client","description":"authentication failed"}""")]
    public async Task Refused_credentials_are_told_to_who_waits_and_tried_again_after_a_minute(int status, string body)
    {
        await using var rig = await GateRig.StartAsync();
        rig.Stub.OnLogin = context => GenesysStub.Answer(context, status, body);
        var waiting = rig.Gate.TakeAsync(CancellationToken.None).AsTask();
        (await rig.Desk.NextAsync<TakeLease>()).Reply(rig.Lease(default, version: 0, refreshFence: 1));
        var failed = await rig.Desk.NextAsync<RefreshFailed>();
        Assert.Equal(TimeSpan.FromMinutes(1), ((RefreshFailed)failed.Command).RetryAfter);
        failed.Done();
        await Assert.ThrowsAsync<CredentialsRefusedException>(() => waiting);
        Assert.Contains("invalid_client", rig.Gate.Trouble!, StringComparison.Ordinal);

        // Within the minute: told at once, and that somebody asked is remembered.
        await Assert.ThrowsAsync<CredentialsRefusedException>(() => rig.Gate.TakeAsync(CancellationToken.None).AsTask());
        Assert.Equal(0, rig.Desk.Unread);

        // The secret is put right; the gate finds out by itself.
        rig.Stub.OnLogin = null;
        rig.Clock.Advance(TimeSpan.FromMinutes(1));
        (await rig.Desk.NextAsync<TakeLease>()).Reply(rig.Lease(default, version: 0, askAgainInSeconds: 0.25));
        await rig.Clock.Sleeping;
        rig.Clock.Advance(TimeSpan.FromSeconds(0.25));
        (await rig.Desk.NextAsync<TakeLease>()).Reply(rig.Lease(default, version: 0, refreshFence: 2));
        (await rig.Desk.NextAsync<Refreshed>()).Done();
        Assert.Null(rig.Gate.Trouble);
    }

    [Fact]
    public async Task A_secret_that_is_refused_while_the_token_lives_stops_nobody()
    {
        await using var rig = await GateRig.StartAsync();
        var token = await rig.FirstTokenAsync();
        rig.Stub.OnLogin = context => GenesysStub.Answer(context, 401);
        var first = rig.Gate.TakeAsync(CancellationToken.None).AsTask();
        (await rig.Desk.NextAsync<TakeLease>()).Reply(rig.Lease(token, permits: 1, refreshFence: 2));
        await first;
        (await rig.Desk.NextAsync<RefreshFailed>()).Done();
        rig.Clock.Advance(TimeSpan.FromSeconds(2));
        var second = rig.Gate.TakeAsync(CancellationToken.None).AsTask();
        (await rig.Desk.NextAsync<TakeLease>()).Reply(rig.Lease(token, permits: 1));
        await second;
        Assert.NotNull(rig.Gate.Trouble);
    }

    [Theory]
    [InlineData(429, 20)]
    [InlineData(503, 20)]
    public async Task A_login_that_is_not_available_keeps_callers_waiting(int status, int retryAfter)
    {
        await using var rig = await GateRig.StartAsync();
        rig.Stub.OnLogin = context => GenesysStub.Answer(context, status, headers: ("Retry-After", retryAfter.ToString(System.Globalization.CultureInfo.InvariantCulture)));
        var waiting = rig.Gate.TakeAsync(CancellationToken.None).AsTask();
        (await rig.Desk.NextAsync<TakeLease>()).Reply(rig.Lease(default, version: 0, refreshFence: 1));
        var failed = await rig.Desk.NextAsync<RefreshFailed>();
        Assert.Equal(TimeSpan.FromSeconds(retryAfter), ((RefreshFailed)failed.Command).RetryAfter);
        failed.Done();
        (await rig.Desk.NextAsync<TakeLease>()).Reply(rig.Lease(default, version: 0));
        await rig.Clock.Sleeping;
        Assert.False(waiting.IsCompleted);
        Assert.NotNull(rig.Gate.Trouble);
        rig.Stub.OnLogin = null;
        rig.Clock.Advance(TimeSpan.FromSeconds(2));
        (await rig.Desk.NextAsync<TakeLease>()).Reply(rig.Lease(default, version: 0, refreshFence: 2));
        var report = await rig.Desk.NextAsync<Refreshed>();
        report.Done();
        (await rig.Desk.NextAsync<TakeLease>()).Reply(rig.Lease(((Refreshed)report.Command).Token, permits: 1));
        await waiting;
        Assert.Null(rig.Gate.Trouble);
        Assert.Equal([false, true], rig.Telemetry.Refreshes);
    }

    [Fact]
    public async Task No_secret_and_no_token_is_ever_logged_or_told()
    {
        await using var rig = await GateRig.StartAsync();
        await rig.FirstTokenAsync();
        rig.Stub.OnLogin = context => GenesysStub.Answer(context, 400, """{"error":"invalid_client"}""");
        var replaced = rig.Gate.ReplaceAsync(new Permit("token-1", 1), CancellationToken.None).AsTask();
        (await rig.Desk.NextAsync<Invalidate>()).Done();
        (await rig.Desk.NextAsync<TakeLease>()).Reply(rig.Lease(default, version: 1, refreshFence: 2));
        (await rig.Desk.NextAsync<RefreshFailed>()).Done();
        var refused = await Assert.ThrowsAsync<CredentialsRefusedException>(() => replaced);
        var issued = new TokenAnswer.Issued("token-1", TimeSpan.FromSeconds(1));
        var basic = rig.Stub.Login.First().Headers["Authorization"]["Basic ".Length..];
        foreach (var told in rig.Log.Lines.Append(refused.ToString()).Append(rig.Gate.Trouble!).Append(issued.ToString()).Append(new Permit("token-1", 1).ToString()))
        {
            Assert.DoesNotContain(rig.Options.ClientSecret!, told, StringComparison.Ordinal);
            Assert.DoesNotContain("token-1", told, StringComparison.Ordinal);
            Assert.DoesNotContain(basic, told, StringComparison.Ordinal);
        }
        Assert.NotEmpty(rig.Log.Lines);
    }

    [Fact]
    public async Task Shutdown_ends_every_wait()
    {
        await using var rig = await GateRig.StartAsync();
        var waiting = rig.Gate.TakeAsync(CancellationToken.None).AsTask();
        await rig.Desk.NextAsync<TakeLease>();
        await rig.Gate.DisposeAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => waiting);
    }

    private static async Task NotOpenedAsync(GateRig rig, ReadOnlyMemory<byte> token)
    {
        var waiting = rig.Gate.TakeAsync(CancellationToken.None).AsTask();
        (await rig.Desk.NextAsync<TakeLease>()).Reply(rig.Lease(token, version: 5, permits: 1));
        await rig.Clock.Sleeping;
        Assert.False(waiting.IsCompleted);
        rig.Clock.Advance(TimeSpan.FromSeconds(1));
        var invalidate = await rig.Desk.NextAsync<Invalidate>();
        Assert.Equal(5, ((Invalidate)invalidate.Command).Version);
    }

    /// <summary>Real connections, after one exception that nobody expects of them.</summary>
    private sealed class FaultyOnce() : DelegatingHandler(new SocketsHttpHandler())
    {
        private int _calls;

        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken) =>
            Interlocked.Increment(ref _calls) == 1 ? throw new InvalidOperationException("a bug") : base.SendAsync(request, cancellationToken);
    }
}
