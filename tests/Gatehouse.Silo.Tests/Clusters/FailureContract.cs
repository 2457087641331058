using Gatehouse.Actors;
using Gatehouse.Actors.Contacts;
using Gatehouse.Actors.Tests.Engine;
using Gatehouse.Silo.Asking;
using Microsoft.Extensions.DependencyInjection;
using Orleans.Configuration;

namespace Gatehouse.Silo.Tests.Clusters;

/// <summary>A silo dies, a store fails, a mailbox is full: the command is asked again, and its id settles what it did.</summary>
public abstract class FailureContract<TStore>(TStore store)
    where TStore : IActorStore, IUploadRows
{
    [ContractFact]
    public async Task The_line_goes_on_when_its_silo_dies_in_the_middle_of_it()
    {
        await using var cluster = await StartAsync();
        var owner = cluster.Silos[2];
        var sender = cluster.Contacts(cluster.Silos[0]);
        var admits = Uploads.Admits("ada", 5).ToList();
        foreach (var admit in admits) await cluster.Contacts(owner).AskAsync("ada", admit);
        Assert.Same(owner, await cluster.OwnerAsync("ada"));
        await DeliverAsync(sender, admits[0]);

        // Its silo is killed while the second one's outcome is being saved: the save stands, and its answer is lost.
        var second = Assert.IsType<ContactReply.Claimed>(await sender.AskAsync("ada", Uploads.Claim()));
        cluster.Store.Hold();
        var outcome = sender.AskAsync("ada", Uploads.Delivered(second)).AsTask();
        await cluster.Store.SaveArrived;
        var killed = cluster.KillAsync(owner);
        await Eventually.HoldsAsync("the silo is dead", () => Task.FromResult(owner.IsActive ? "alive" : null));
        cluster.Store.LetGo();
        await killed;
        Assert.IsType<ContactReply.Recorded>(await outcome);

        foreach (var admit in admits.Skip(2)) await DeliverAsync(sender, admit);
        Assert.All(await cluster.RowsAsync("ada"), row => Assert.Equal((UploadStatus.Delivered, 1), (row.Status, row.Attempts)));
        Assert.NotSame(owner, await cluster.OwnerAsync("ada"));
    }

    [ContractTheory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_save_that_failed_ends_the_activation_and_the_command_is_asked_again(bool committed)
    {
        await using var cluster = await StartAsync();
        var edge = cluster.Edges()[0];
        await edge.AskAsync("ada", Uploads.Admit("ada", "one"));
        cluster.Store.Next(committed ? Fault.AfterCommit : Fault.BeforeCommit);
        Assert.IsType<ContactReply.Admitted>(await edge.AskAsync("ada", Uploads.Admit("ada", "two")));
        Assert.Equal(2, (await cluster.RowsAsync("ada")).Count);
        // The new activation loaded once more, and no state of the failed save was gone on with.
        Assert.Equal(2, cluster.Store.Loads);
    }

    [ContractFact]
    public async Task One_lost_race_is_run_again_in_place_and_a_second_one_makes_the_activation_leave()
    {
        await using var cluster = await StartAsync();
        var edge = cluster.Edges()[0];
        await edge.AskAsync("ada", Uploads.Admit("ada", "one"));
        var activation = cluster.ActivationOf("ada");
        cluster.Store.Next(Fault.LostRace);
        await edge.AskAsync("ada", Uploads.Admit("ada", "two"));
        Assert.Equal((activation, 2), (cluster.ActivationOf("ada"), cluster.Store.Loads));
        cluster.Store.Next(Fault.LostRace, Fault.LostRace);
        await edge.AskAsync("ada", Uploads.Admit("ada", "three"));
        Assert.NotEqual(activation, cluster.ActivationOf("ada"));
        Assert.Equal(3, (await cluster.RowsAsync("ada")).Count);
    }

    [ContractFact]
    public async Task A_store_that_stays_away_is_told_as_such_when_the_wait_is_over()
    {
        await using var cluster = await StartAsync();
        cluster.Store.Next([.. Enumerable.Repeat(Fault.BeforeCommit, 1000)]);
        var edge = cluster.Contacts(cluster.Silos[0], new AskLimits { Within = TimeSpan.FromSeconds(2) });
        await Assert.ThrowsAsync<StoreUnavailableException>(async () => await edge.AskAsync("ada", Uploads.Admit("ada", "one")));
        Assert.True(cluster.Store.Saves > 1);
    }

    [ContractFact]
    public async Task Commands_beyond_the_mailbox_are_turned_away_and_served_once_there_is_room()
    {
        await using var cluster = await StartAsync(more: silo => silo.Configure<SiloMessagingOptions>(messaging => messaging.MaxEnqueuedRequestsHardLimit = 4));
        var impatient = cluster.Contacts(cluster.Silos[1], new AskLimits { Within = TimeSpan.Zero });
        var patient = cluster.Contacts(cluster.Silos[1]);
        await patient.AskAsync("ada", new Knock(IdempotencyKey: null));
        cluster.Store.Hold();
        var under = patient.AskAsync("ada", Uploads.Admit("ada", "first")).AsTask();
        await cluster.Store.SaveArrived;
        var waiting = Uploads.Admits("ada", 20).Select(admit => patient.AskAsync("ada", admit).AsTask()).ToList();
        await Eventually.HoldsAsync("the mailbox is full", async () =>
        {
            try
            {
                await impatient.AskAsync("ada", new Knock(IdempotencyKey: null), cancellationToken: new CancellationTokenSource(100).Token);
                return "there was room";
            }
            catch (MailboxFullException)
            {
                return null;
            }
            catch (OperationCanceledException)
            {
                return "it waits";
            }
        });
        cluster.Store.LetGo();
        await under;
        Assert.All(await Task.WhenAll(waiting), reply => Assert.IsType<ContactReply.Admitted>(reply));
        Assert.Equal(21, (await cluster.RowsAsync("ada")).Count);
    }

    [ContractFact]
    public async Task A_cancelled_caller_does_not_wait_for_the_answer()
    {
        await using var cluster = await StartAsync();
        using var gone = new CancellationTokenSource();
        cluster.Store.Hold();
        var asked = cluster.Edges()[0].AskAsync("ada", Uploads.Admit("ada", "one"), cancellationToken: gone.Token).AsTask();
        await cluster.Store.SaveArrived;
        await gone.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => asked);
        cluster.Store.LetGo();
        await Eventually.HoldsAsync("the turn that had begun is saved", async () => (await cluster.RowsAsync("ada")).Count == 1 ? null : "no row");
    }

    [ContractFact]
    public async Task A_command_that_the_turn_cannot_take_is_its_own_callers_trouble()
    {
        await using var cluster = await StartAsync();
        var edge = cluster.Edges()[0];
        var owner = Uploads.Claim();
        await edge.AskAsync("ada", Uploads.Admit("ada", "one"));
        var tooLong = owner with { Request = owner.Request with { Owner = new string('x', 10_000) } };
        await Assert.ThrowsAsync<InvalidOperationException>(async () => await edge.AskAsync("ada", tooLong));
        Assert.IsType<ContactReply.Claimed>(await edge.AskAsync("ada", owner));
        Assert.Equal(1, cluster.Store.Loads);
    }

    private Task<SiloCluster> StartAsync(ContactRules? rules = null, Action<ISiloBuilder>? more = null) => SiloCluster.StartAsync(store, rules, more);

    private static async Task DeliverAsync(IActors<ContactCommand, ContactReply> sender, Admit expected)
    {
        var claim = Assert.IsType<ContactReply.Claimed>(await sender.AskAsync("ada", Uploads.Claim()));
        Assert.Equal(expected.Request.Id, claim.Id);
        Assert.IsType<ContactReply.Recorded>(await sender.AskAsync("ada", Uploads.Delivered(claim)));
    }
}
