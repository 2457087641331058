using System.Text;
using Gatehouse.Actors.Tokens;

namespace Gatehouse.Genesys.Tests;

/// <summary>A client's secret that is changed while calls go on.</summary>
public sealed class TokenGateSecretTests
{
    [Fact]
    public async Task A_changed_secret_is_tried_at_once_though_the_old_one_was_refused_a_moment_ago()
    {
        await using var rig = await GateRig.StartAsync(o => o.ClientSecret = "old");
        rig.Stub.OnLogin = context => context.Request.Headers.Authorization == Basic("client-1:new") ? rig.Stub.IssueAsync(context) : GenesysStub.Answer(context, 401);
        var worksAgain = new TaskCompletionSource();
        rig.Gate.CredentialsWorkAgain = worksAgain.SetResult;
        await RefuseAsync(rig);

        Assert.True(rig.Credentials.Change("new"));
        (await rig.Desk.NextAsync<SecretChanged>()).Done();
        (await rig.Desk.NextAsync<TakeLease>()).Reply(rig.Lease(default, version: 0, refreshFence: 2, unlimited: true));
        (await rig.Desk.NextAsync<Refreshed>()).Reply(new TokenReply.Done(1));
        await worksAgain.Task;
        Assert.Null(rig.Gate.Trouble);
        Assert.Equal("token-1", (await rig.Gate.TakeAsync(CancellationToken.None)).AccessToken);
        Assert.DoesNotContain(rig.Log.Lines, line => line.Contains("new ", StringComparison.Ordinal) && line.Contains("client-1:", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_refusal_of_the_old_secret_that_comes_after_the_change_does_not_put_the_new_one_off()
    {
        await using var rig = await GateRig.StartAsync(o => o.ClientSecret = "old");
        var (asked, answer) = (new TaskCompletionSource(), new TaskCompletionSource());
        rig.Stub.OnLogin = async context =>
        {
            if (context.Request.Headers.Authorization == Basic("client-1:new"))
            {
                await rig.Stub.IssueAsync(context);
                return;
            }
            asked.TrySetResult();
            await answer.Task;
            await GenesysStub.Answer(context, 401);
        };
        var waiting = rig.Gate.TakeAsync(CancellationToken.None).AsTask();
        (await rig.Desk.NextAsync<TakeLease>()).Reply(rig.Lease(default, version: 0, refreshFence: 1));
        await asked.Task;
        rig.Credentials.Change("new");
        answer.SetResult();
        var failed = await rig.Desk.NextAsync<RefreshFailed>();
        Assert.InRange(((RefreshFailed)failed.Command).RetryAfter, TimeSpan.Zero, TimeSpan.FromSeconds(1));
        failed.Done();
        (await rig.Desk.NextAsync<SecretChanged>()).Done();
        (await rig.Desk.NextAsync<TakeLease>()).Reply(rig.Lease(default, version: 0, refreshFence: 2, unlimited: true));
        (await rig.Desk.NextAsync<Refreshed>()).Reply(new TokenReply.Done(1));
        Assert.Equal("token-1", (await waiting).AccessToken);
    }

    [Fact]
    public async Task A_token_that_lives_goes_on_when_the_secret_is_changed_and_the_next_one_is_sealed_under_the_new_one()
    {
        await using var rig = await GateRig.StartAsync(o => o.ClientSecret = "old");
        var token = await rig.FirstTokenAsync();
        rig.Credentials.Change("new");
        (await rig.Desk.NextAsync<SecretChanged>()).Done();
        (await rig.Desk.NextAsync<TakeLease>()).Reply(rig.Lease(token, permits: 1));
        Assert.Equal("token-1", (await rig.Gate.TakeAsync(CancellationToken.None)).AccessToken);
        Assert.Single(rig.Stub.Login);

        var waiting = rig.Gate.TakeAsync(CancellationToken.None).AsTask();
        rig.Clock.Advance(TimeSpan.FromSeconds(2));
        (await rig.Desk.NextAsync<TakeLease>()).Reply(rig.Lease(default, refreshFence: 2));
        var report = await rig.Desk.NextAsync<Refreshed>();
        report.Done();
        Assert.Equal(Basic("client-1:new"), rig.Stub.Login.Last().Headers["Authorization"]);
        (await rig.Desk.NextAsync<TakeLease>()).Reply(rig.Lease(((Refreshed)report.Command).Token, version: 2, permits: 1));
        Assert.Equal("token-2", (await waiting).AccessToken);
    }

    [Fact]
    public async Task Nodes_with_different_secrets_do_not_void_each_others_tokens_for_ever()
    {
        await using var rig = await GateRig.StartAsync(o => o.ClientSecret = "old");
        await using var other = await GateRig.StartAsync(o => (o.ClientSecret, o.LoginBaseAddress) = ("new", rig.Options.LoginBaseAddress));
        var foreign = await other.FirstTokenAsync();
        var waiting = rig.Gate.TakeAsync(CancellationToken.None).AsTask();
        (await rig.Desk.NextAsync<TakeLease>()).Reply(rig.Lease(foreign, version: 1, permits: 1));
        await rig.Clock.Sleeping;
        rig.Clock.Advance(TimeSpan.FromSeconds(1));
        (await rig.Desk.NextAsync<Invalidate>()).Done();
        (await rig.Desk.NextAsync<TakeLease>()).Reply(rig.Lease(foreign, version: 2, permits: 1));
        await rig.Clock.Sleeping;
        rig.Clock.Advance(TimeSpan.FromSeconds(5));
        (await rig.Desk.NextAsync<TakeLease>()).Reply(rig.Lease(foreign, version: 2, permits: 1));
        Assert.False(waiting.IsCompleted);
        Assert.Contains("the nodes' secrets must be the same", rig.Gate.Trouble!, StringComparison.Ordinal);
    }

    private static async Task RefuseAsync(GateRig rig)
    {
        var waiting = rig.Gate.TakeAsync(CancellationToken.None).AsTask();
        (await rig.Desk.NextAsync<TakeLease>()).Reply(rig.Lease(default, version: 0, refreshFence: 1));
        (await rig.Desk.NextAsync<RefreshFailed>()).Done();
        await Assert.ThrowsAsync<CredentialsRefusedException>(() => waiting);
    }

    private static string Basic(string credentials) => "Basic " + Convert.ToBase64String(Encoding.Latin1.GetBytes(credentials));
}
