using Gatehouse.Actors;
using Gatehouse.Actors.Contacts;
using Gatehouse.Actors.Engine;

namespace Gatehouse.Silo.Tests.Clusters;

/// <summary>A contact is one line, whichever silo it is asked through and whatever the store.</summary>
public abstract class OneLineContract<TStore>(TStore store)
    where TStore : IActorStore, IUploadRows
{
    [ContractFact]
    public async Task Callers_on_every_silo_are_served_by_one_activation_one_after_the_other()
    {
        await using var cluster = await StartAsync();
        var edges = cluster.Edges();
        var replies = await Task.WhenAll(Uploads.Admits("ada", 30).Select((admit, i) => edges[i % 3].AskAsync("ada", admit).AsTask()));
        Assert.All(replies, reply => Assert.IsType<ContactReply.Admitted>(reply));
        Assert.Equal(30, (await cluster.RowsAsync("ada")).DistinctBy(row => row.Sequence).Count());
        // Two activations would have lost races, and loaded and saved again.
        Assert.Equal((1, 30), (cluster.Store.Loads, cluster.Store.Saves));
    }

    [ContractFact]
    public async Task A_quota_holds_for_all_silos_together()
    {
        await using var cluster = await StartAsync(new ContactRules { MaxFiles = 10, MaxAttempts = 1000 });
        var edges = cluster.Edges();
        var replies = await Task.WhenAll(Uploads.Admits("ada", 40).Select((admit, i) => edges[i % 3].AskAsync("ada", admit).AsTask()));
        Assert.Equal(10, replies.Count(reply => reply is ContactReply.Admitted));
        Assert.Equal(30, replies.Count(reply => reply is ContactReply.OverQuota { Use.Quota: "files" }));
        Assert.Equal(10, (await cluster.RowsAsync("ada")).Count);
    }

    [ContractFact]
    public async Task The_same_bytes_sent_to_every_silo_at_once_have_one_place()
    {
        await using var cluster = await StartAsync();
        var edges = cluster.Edges();
        var replies = await Task.WhenAll(Enumerable.Range(0, 30).Select(i => edges[i % 3].AskAsync("ada", Uploads.Admit("ada", "the same")).AsTask()));
        var first = Assert.Single(replies.OfType<ContactReply.Admitted>()).Row.Id;
        Assert.Equal(29, replies.OfType<ContactReply.Duplicate>().Count(duplicate => duplicate.First == first));
    }

    [ContractFact]
    public async Task A_node_with_the_stored_engine_and_the_silos_keep_one_line_on_the_same_rows()
    {
        await using var cluster = await StartAsync(new ContactRules { MaxFiles = 25, MaxAttempts = 1000 });
        var node = new StoredEngine<ContactState, ContactCommand, ContactReply>(
            cluster.Contact, store, [], TimeProvider.System, new StoredEngineOptions { SoleOwner = false, MaxTries = 200, MaxRaces = 200, RetryPause = TimeSpan.Zero });
        IReadOnlyList<IActors<ContactCommand, ContactReply>> edges = [.. cluster.Edges(), node];
        var replies = await Task.WhenAll(Uploads.Admits("ada", 60).Select((admit, i) => edges[i % 4].AskAsync("ada", admit).AsTask()));
        Assert.Equal(25, replies.Count(reply => reply is ContactReply.Admitted));
        Assert.Equal(25, (await cluster.RowsAsync("ada")).DistinctBy(row => row.Sequence).Count());

        // And what the node saves in between is seen through the grain, whose own state is of an earlier version.
        var claim = Assert.IsType<ContactReply.Claimed>(await edges[0].AskAsync("ada", Uploads.Claim()));
        Assert.IsType<ContactReply.Recorded>(await node.AskAsync("ada", Uploads.Delivered(claim)));
        var described = Assert.IsType<ContactReply.Description>(await edges[1].AskAsync("ada", new Describe()));
        Assert.Equal((24, false), (described.Waiting, described.HeadClaimed));
    }

    [ContractFact]
    public async Task A_welcome_is_given_from_memory_and_a_refusal_after_a_look()
    {
        await using var cluster = await StartAsync(new ContactRules { MaxFiles = 1, MaxAttempts = 1000 });
        var edge = cluster.Edges()[0];
        var admit = Uploads.Admit("ada", "one");
        foreach (var _ in (int[])[1, 2, 3]) Assert.IsType<ContactReply.Welcome>(await edge.AskAsync("ada", new Knock(IdempotencyKey: null)));
        Assert.IsType<ContactReply.Fresh>(await edge.AskAsync("ada", new Peek(admit.Request)));
        await edge.AskAsync("ada", admit);
        Assert.Equal(1, cluster.Store.Loads);
        Assert.IsType<ContactReply.OverQuota>(await edge.AskAsync("ada", new Knock(IdempotencyKey: null)));
        Assert.Equal(2, cluster.Store.Loads);
    }

    [ContractFact]
    public async Task Only_the_node_that_asked_is_told_of_what_was_committed()
    {
        await using var cluster = await StartAsync();
        var (asked, other) = (new Told(), new Told());
        await cluster.Contacts(cluster.Silos[0], limits: null, other).AskAsync("ada", new Knock(IdempotencyKey: null));
        var admit = Uploads.Admit("ada", "one");
        await cluster.Contacts(cluster.Silos[1], limits: null, asked).AskAsync("ada", admit);
        Assert.Equal(admit.Request.Id, Assert.IsType<UploadAdded>(Assert.Single(asked.Records)).Row.Id);
        Assert.Empty(other.Records);
    }

    [ContractTheory]
    [InlineData("email:ada@example.org")]
    [InlineData("external:a/b+c d#e?f%2F\\g")]
    [InlineData("external:Zoë 漢字 🙂")]
    public async Task Whatever_a_contact_is_called_has_a_grain_of_its_own(string contact)
    {
        await using var cluster = await StartAsync();
        foreach (var edge in cluster.Edges()) await edge.AskAsync(contact, Uploads.Admit(contact, $"{edge.GetHashCode()}"));
        Assert.Equal(3, (await cluster.RowsAsync(contact)).Count);
        Assert.NotNull(await cluster.OwnerAsync(contact));
    }

    [ContractFact]
    public async Task A_contact_lives_where_its_first_upload_was_received()
    {
        await using var cluster = await StartAsync();
        foreach (var silo in cluster.Silos)
        {
            var contact = $"of-{silo.Name}";
            await cluster.Contacts(silo).AskAsync(contact, new Knock(IdempotencyKey: null));
            Assert.Same(silo, await cluster.OwnerAsync(contact));
        }
    }

    [ContractFact]
    public async Task A_files_bytes_are_not_taken_along()
    {
        await using var cluster = await StartAsync();
        await Assert.ThrowsAsync<ArgumentException>(async () => await cluster.Edges()[0].AskAsync("ada", Uploads.Admit("ada", "one"), new([1, 2, 3])));
        Assert.Empty(await cluster.RowsAsync("ada"));
    }

    private Task<SiloCluster> StartAsync(ContactRules? rules = null, Action<ISiloBuilder>? more = null) => SiloCluster.StartAsync(store, rules, more);

    private sealed class Told : IRecordObserver
    {
        public List<Record> Records { get; } = [];

        public void Committed(ActorKey key, IReadOnlyList<Record> records) => Records.AddRange(records);
    }
}
