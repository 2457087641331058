using Gatehouse.Actors.Tokens;

namespace Gatehouse.Genesys.Tests;

public sealed class TokenGateLeaseTests
{
    [Fact]
    public async Task Waiters_are_served_in_the_order_of_their_asking_at_the_leases_pace()
    {
        await using var rig = await GateRig.StartAsync();
        var token = await rig.FirstTokenAsync();
        var waiters = Enumerable.Range(0, 4).Select(_ => rig.Gate.TakeAsync(CancellationToken.None).AsTask()).ToArray();
        (await rig.Desk.NextAsync<TakeLease>()).Reply(rig.Lease(token, permits: 4));
        await waiters[0];
        for (var served = 1; served < 4; served++)
        {
            Assert.Equal(served, waiters.Count(w => w.IsCompleted));
            Assert.True(waiters.Take(served).All(w => w.IsCompleted));
            rig.Clock.Advance(TimeSpan.FromMilliseconds(199));
            Assert.False(waiters[served].IsCompleted);
            rig.Clock.Advance(TimeSpan.FromMilliseconds(1));
            await waiters[served];
        }
        Assert.Equal(0, rig.Desk.Unread);
    }

    [Fact]
    public async Task Permits_that_were_saved_up_are_used_at_once()
    {
        await using var rig = await GateRig.StartAsync();
        var token = await rig.FirstTokenAsync();
        var waiters = Enumerable.Range(0, 4).Select(_ => rig.Gate.TakeAsync(CancellationToken.None).AsTask()).ToArray();
        (await rig.Desk.NextAsync<TakeLease>()).Reply(rig.Lease(token, permits: 4, firstInSeconds: -0.4));
        await Task.WhenAll(waiters.Take(3));
        Assert.False(waiters[3].IsCompleted);
        rig.Clock.Advance(TimeSpan.FromMilliseconds(200));
        await waiters[3];
    }

    [Fact]
    public async Task One_that_gives_up_leaves_its_place_to_the_next()
    {
        await using var rig = await GateRig.StartAsync();
        var token = await rig.FirstTokenAsync();
        using var impatient = new CancellationTokenSource();
        var first = rig.Gate.TakeAsync(impatient.Token).AsTask();
        var second = rig.Gate.TakeAsync(CancellationToken.None).AsTask();
        var ask = await rig.Desk.NextAsync<TakeLease>();
        await impatient.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => first);
        ask.Reply(rig.Lease(token, permits: 1));
        await second;
    }

    [Fact]
    public async Task No_permit_is_given_after_its_lease_not_even_one_that_was_granted()
    {
        await using var rig = await GateRig.StartAsync();
        var token = await rig.FirstTokenAsync();
        var taken = rig.Gate.TakeAsync(CancellationToken.None).AsTask();
        (await rig.Desk.NextAsync<TakeLease>()).Reply(rig.Lease(token, permits: 3, intervalSeconds: 0));
        await taken;
        Assert.Equal(2, rig.Gate.PermitsAtHand);
        rig.Clock.Advance(TimeSpan.FromMilliseconds(1999));
        Assert.NotNull(rig.Gate.TryTake());
        rig.Clock.Advance(TimeSpan.FromMilliseconds(1));
        Assert.Null(rig.Gate.TryTake());
        Assert.Equal(0, rig.Gate.PermitsAtHand);
    }

    [Fact]
    public async Task A_permit_that_was_not_used_goes_to_who_waits_and_else_is_at_hand_again()
    {
        await using var rig = await GateRig.StartAsync();
        var token = await rig.FirstTokenAsync();
        var first = rig.Gate.TakeAsync(CancellationToken.None).AsTask();
        (await rig.Desk.NextAsync<TakeLease>()).Reply(rig.Lease(token, permits: 1, intervalSeconds: 0));
        var takenAt = rig.Clock.GetTimestamp();
        var permit = await first;
        Assert.Equal(0, rig.Gate.PermitsAtHand);
        var waiting = rig.Gate.TakeAsync(CancellationToken.None).AsTask();
        Assert.False(waiting.IsCompleted);
        rig.Gate.Return(permit, takenAt);
        Assert.Same(permit, await waiting.WaitAsync(TimeSpan.FromSeconds(30)));
        rig.Gate.Return(permit, takenAt);
        Assert.Equal(1, rig.Gate.PermitsAtHand);
    }

    [Fact]
    public async Task A_permit_of_a_lease_that_has_gone_does_not_add_to_the_next_one()
    {
        await using var rig = await GateRig.StartAsync();
        var token = await rig.FirstTokenAsync();
        var takenAt = rig.Clock.GetTimestamp();
        var first = rig.Gate.TakeAsync(CancellationToken.None).AsTask();
        (await rig.Desk.NextAsync<TakeLease>()).Reply(rig.Lease(token, permits: 1, intervalSeconds: 0));
        var old = await first;
        rig.Clock.Advance(TimeSpan.FromSeconds(2));
        var second = rig.Gate.TakeAsync(CancellationToken.None).AsTask();
        (await rig.Desk.NextAsync<TakeLease>()).Reply(rig.Lease(token, permits: 1, intervalSeconds: 0));
        await second;
        rig.Gate.Return(old, takenAt);
        Assert.Equal(0, rig.Gate.PermitsAtHand);
        Assert.Null(rig.Gate.TryTake());
    }

    [Fact]
    public async Task The_lease_counts_from_before_the_ask_and_a_permit_from_after_its_answer()
    {
        await using var rig = await GateRig.StartAsync();
        var token = await rig.FirstTokenAsync();
        var waiting = rig.Gate.TakeAsync(CancellationToken.None).AsTask();
        var ask = await rig.Desk.NextAsync<TakeLease>();
        var reply = rig.Lease(token, permits: 1, firstInSeconds: 0.5);
        rig.Clock.Advance(TimeSpan.FromSeconds(1));
        ask.Reply(reply);
        // It ends one second after the answer, and its permit comes half a second after the answer.
        await rig.Clock.Sleeping;
        rig.Clock.Advance(TimeSpan.FromMilliseconds(499));
        Assert.False(waiting.IsCompleted);
        rig.Clock.Advance(TimeSpan.FromMilliseconds(1));
        await waiting;
    }

    [Fact]
    public async Task A_node_asks_only_while_somebody_waits()
    {
        await using var rig = await GateRig.StartAsync();
        await rig.FirstTokenAsync();
        Assert.Null(rig.Gate.TryTake());
        rig.Clock.Advance(TimeSpan.FromHours(1));
        Assert.Equal((0, 0), (rig.Clock.Pending, rig.Desk.Unread));
    }

    [Fact]
    public async Task An_unlimited_lease_serves_everybody_with_one_turn()
    {
        await using var rig = await GateRig.StartAsync();
        var token = await rig.FirstTokenAsync();
        var waiting = rig.Gate.TakeAsync(CancellationToken.None).AsTask();
        (await rig.Desk.NextAsync<TakeLease>()).Reply(rig.Lease(token, unlimited: true));
        var permit = await waiting;
        Assert.Equal(int.MaxValue, rig.Gate.PermitsAtHand);
        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < 10_000; i++) Assert.Same(permit, rig.Gate.TryTake());
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 10_000);
        rig.Clock.Advance(TimeSpan.FromSeconds(2));
        Assert.Null(rig.Gate.TryTake());
    }

    [Fact]
    public async Task A_token_that_ends_before_its_lease_ends_it()
    {
        await using var rig = await GateRig.StartAsync();
        var token = await rig.FirstTokenAsync();
        var waiting = rig.Gate.TakeAsync(CancellationToken.None).AsTask();
        (await rig.Desk.NextAsync<TakeLease>()).Reply(rig.Lease(token, unlimited: true, tokenLivesSeconds: 1));
        await waiting;
        rig.Clock.Advance(TimeSpan.FromSeconds(1));
        Assert.Null(rig.Gate.TryTake());
    }

    [Fact]
    public async Task An_ask_that_failed_is_made_again_with_the_same_id()
    {
        await using var rig = await GateRig.StartAsync();
        var token = await rig.FirstTokenAsync();
        var waiting = rig.Gate.TakeAsync(CancellationToken.None).AsTask();
        var lost = await rig.Desk.NextAsync<TakeLease>();
        lost.Answer.SetException(new IOException("The store is away."));
        await rig.Clock.Sleeping;
        var first = rig.Lease(token, unlimited: true);
        rig.Clock.Advance(TimeSpan.FromSeconds(1));
        var again = await rig.Desk.NextAsync<TakeLease>();
        Assert.Equal(((TakeLease)lost.Command).Request, ((TakeLease)again.Command).Request);
        again.Reply(first);
        await waiting;

        // What it grants began with the first try.
        rig.Clock.Advance(TimeSpan.FromSeconds(1));
        Assert.Null(rig.Gate.TryTake());
    }

    [Fact]
    public async Task The_ask_says_how_many_wait_and_a_used_up_lease_is_asked_again_when_the_actor_said()
    {
        await using var rig = await GateRig.StartAsync();
        var token = await rig.FirstTokenAsync();
        rig.Clock.Advance(TimeSpan.FromSeconds(2));
        var first = rig.Gate.TakeAsync(CancellationToken.None).AsTask();
        var ask = await rig.Desk.NextAsync<TakeLease>();
        var others = Enumerable.Range(0, 2).Select(_ => rig.Gate.TakeAsync(CancellationToken.None).AsTask()).ToArray();
        ask.Reply(rig.Lease(token, permits: 1, askAgainInSeconds: 0.4));
        await first;
        await rig.Clock.Sleeping;
        rig.Clock.Advance(TimeSpan.FromMilliseconds(399));
        Assert.Equal(0, rig.Desk.Unread);
        rig.Clock.Advance(TimeSpan.FromMilliseconds(1));
        var second = await rig.Desk.NextAsync<TakeLease>();
        Assert.Equal((1, 2, "node-1"), (((TakeLease)ask.Command).Waiting, ((TakeLease)second.Command).Waiting, ((TakeLease)second.Command).Node));
        second.Reply(rig.Lease(token, permits: 2, intervalSeconds: 0));
        await Task.WhenAll(others);
    }

    [Fact]
    public async Task What_a_lease_was_used_for_is_asked_for_twofold_until_it_has_been_quiet_for_a_lease()
    {
        await using var rig = await GateRig.StartAsync();
        var token = await rig.FirstTokenAsync();
        Assert.Equal(2, await AskedAsync());
        Assert.Equal(4, await AskedAsync());
        rig.Clock.Advance(TimeSpan.FromSeconds(2));
        Assert.Equal(1, await AskedAsync());

        async Task<int> AskedAsync()
        {
            var first = rig.Gate.TakeAsync(CancellationToken.None).AsTask();
            var ask = await rig.Desk.NextAsync<TakeLease>();
            ask.Reply(rig.Lease(token, permits: 10, intervalSeconds: 0));
            await first;
            Assert.NotNull(rig.Gate.TryTake());
            rig.Clock.Advance(TimeSpan.FromSeconds(2));
            return ((TakeLease)ask.Command).Waiting;
        }
    }

    [Fact]
    public async Task Who_comes_after_a_lease_is_used_up_need_not_wait_for_its_end_unless_that_comes_too_often()
    {
        await using var rig = await GateRig.StartAsync();
        var token = await rig.FirstTokenAsync();
        rig.Clock.Advance(TimeSpan.FromMinutes(1));
        for (var i = 0; i < 3; i++)
        {
            var waiting = rig.Gate.TakeAsync(CancellationToken.None).AsTask();
            var ask = await rig.Desk.NextAsync<TakeLease>();
            // As much as was asked for, and all of it used.
            ask.Reply(rig.Lease(token, permits: ((TakeLease)ask.Command).Waiting, intervalSeconds: 0));
            await waiting;
            while (rig.Gate.TryTake() is not null)
            {
            }
        }
        var late = rig.Gate.TakeAsync(CancellationToken.None).AsTask();
        Assert.Equal(0, rig.Desk.Unread);
        rig.Clock.Advance(TimeSpan.FromSeconds(2));
        (await rig.Desk.NextAsync<TakeLease>()).Reply(rig.Lease(token, permits: 1));
        await late;
    }

    [Fact]
    public async Task What_Genesys_counted_goes_with_the_next_ask_once_and_as_far_as_its_window_lasts()
    {
        await using var rig = await GateRig.StartAsync();
        var token = await rig.FirstTokenAsync();
        rig.Gate.Saw(new Permit("token-1", 1), new RateSeen(300, 120, TimeSpan.FromSeconds(30)));
        rig.Clock.Advance(TimeSpan.FromSeconds(12));
        Assert.Equal(new RateSeen(300, 120, TimeSpan.FromSeconds(18)), await SeenAsync());
        Assert.Null(await SeenAsync());
        rig.Gate.Saw(new Permit("token-1", 1), new RateSeen(300, 120, TimeSpan.FromSeconds(5)));
        rig.Clock.Advance(TimeSpan.FromSeconds(5));
        Assert.Null(await SeenAsync());

        async Task<RateSeen?> SeenAsync()
        {
            var waiting = rig.Gate.TakeAsync(CancellationToken.None).AsTask();
            var ask = await rig.Desk.NextAsync<TakeLease>();
            ask.Reply(rig.Lease(token, permits: 1));
            await waiting;
            rig.Clock.Advance(TimeSpan.FromSeconds(2));
            return ((TakeLease)ask.Command).Seen;
        }
    }

    [Fact]
    public async Task A_pause_holds_here_at_once_and_the_actor_is_told()
    {
        await using var rig = await GateRig.StartAsync();
        var token = await rig.FirstTokenAsync();
        var taken = rig.Gate.TakeAsync(CancellationToken.None).AsTask();
        (await rig.Desk.NextAsync<TakeLease>()).Reply(rig.Lease(token, unlimited: true));
        await taken;
        var told = rig.Gate.BackOffAsync(new Permit("token-1", 1), TimeSpan.FromSeconds(1), CancellationToken.None).AsTask();
        Assert.Null(rig.Gate.TryTake());
        Assert.Equal(0, rig.Gate.PermitsAtHand);
        Assert.Equal(rig.Clock.GetUtcNow().AddSeconds(1), rig.Gate.PausedUntil);
        var command = await rig.Desk.NextAsync<BackOff>();
        Assert.Equal(TimeSpan.FromSeconds(1), ((BackOff)command.Command).RetryAfter);
        command.Done();
        await told;
        var waiting = rig.Gate.TakeAsync(CancellationToken.None).AsTask();
        rig.Clock.Advance(TimeSpan.FromMilliseconds(999));
        Assert.False(waiting.IsCompleted);
        rig.Clock.Advance(TimeSpan.FromMilliseconds(1));
        await waiting;
        Assert.Null(rig.Gate.PausedUntil);
        Assert.Equal([TimeSpan.FromSeconds(1)], rig.Telemetry.Pauses);
    }

    [Fact]
    public async Task A_pause_that_another_node_reported_comes_with_the_lease_and_a_shorter_one_does_not_end_it()
    {
        await using var rig = await GateRig.StartAsync();
        var token = await rig.FirstTokenAsync();
        var waiting = rig.Gate.TakeAsync(CancellationToken.None).AsTask();
        (await rig.Desk.NextAsync<TakeLease>()).Reply(rig.Lease(token, unlimited: true, pausedForSeconds: 30));
        await rig.Clock.Sleeping;
        var shorter = rig.Gate.BackOffAsync(new Permit("token-1", 1), TimeSpan.FromSeconds(1), CancellationToken.None).AsTask();
        (await rig.Desk.NextAsync<BackOff>()).Done();
        await shorter;
        rig.Clock.Advance(TimeSpan.FromMilliseconds(29_999));
        Assert.Equal((false, 0), (waiting.IsCompleted, rig.Desk.Unread));
        rig.Clock.Advance(TimeSpan.FromMilliseconds(1));
        (await rig.Desk.NextAsync<TakeLease>()).Reply(rig.Lease(token, unlimited: true));
        await waiting;
    }
}
