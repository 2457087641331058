using System.Runtime.CompilerServices;
using Gatehouse.Actors;
using Gatehouse.Gateway.Configuration;
using Gatehouse.Gateway.Tests.Running;
using Gatehouse.Storage.Postgres;
using Microsoft.Extensions.DependencyInjection;

namespace Gatehouse.Gateway.Tests.Postgres;

public sealed class NodesTests : PostgresNodes
{
    [PostgresFact]
    public async Task What_one_node_delivered_the_other_knows_and_answers_as_a_duplicate()
    {
        var (one, other) = (await StartNodeAsync(), await StartNodeAsync());
        var upload = await one.UploadAsync("ada", "hello");
        Assert.Equal((200, "delivered"), (upload.Status, upload.State));
        Assert.Equal("delivered", (await other.GetAsync($"/v1/uploads/{upload.Id}")).State);
        var again = await other.UploadAsync("ada", "hello");
        Assert.Equal((200, true, upload.Id), (again.Status, again.Body.GetProperty("upload").GetProperty("duplicate").GetBoolean(), again.Id));
        Assert.Single(await Genesys.ReceivedAsync());
    }

    [PostgresFact]
    public async Task What_a_node_that_stopped_had_taken_another_sends_small_files_and_large_ones()
    {
        var (one, other) = (await StartNodeAsync(), await StartNodeAsync());
        await Genesys.FaultsAsync(new { status = 503 });
        string[] texts = ["hello", Text(700, "large")];
        foreach (var text in texts) Assert.Equal(202, (await one.UploadAsync("ada", text, prefer: "wait=0")).Status);
        await one.App.StopAsync();
        await Genesys.HealAsync();
        await Eventually.GetAsync("all are delivered", async () =>
        {
            var list = (await other.GetAsync("/v1/contacts/ada/uploads")).Body.GetProperty("items").EnumerateArray().Select(u => u.GetProperty("status").GetString()).ToList();
            return (list.TrueForAll(status => status is "delivered"), string.Join(' ', list));
        });
        Assert.Equal(texts.Select(RunningGateway.Sha256), await Genesys.HashesAsync());
        Assert.Equal(0, Database.Ask<long>("SELECT count(*) FROM gatehouse.files"));
    }

    [PostgresFact]
    public Task Who_waits_at_one_node_hears_what_another_has_sent() => HearsOfTheOtherAsync(_ => { });

    [PostgresFact]
    public Task Where_no_notice_comes_through_it_is_heard_too() => HearsOfTheOtherAsync(services => services.AddSingleton<IEndNotices, Unheard>());

    [PostgresFact]
    public async Task A_node_on_disk_whose_folder_is_not_the_others_does_not_start()
    {
        var first = NewFolder();
        await StartNodeAsync(BlobsOptions.Disk, first);
        var refused = await Assert.ThrowsAsync<SharedBlobFolderException>(() => StartNodeAsync(BlobsOptions.Disk));
        Assert.Contains("Blobs:Store", refused.Message, StringComparison.Ordinal);
        var sees = NewFolder();
        Directory.CreateSymbolicLink(Path.Combine(sees, "blobs"), Path.Combine(first, "blobs"));
        var other = await StartNodeAsync(BlobsOptions.Disk, sees);
        Assert.Equal(200, (await other.UploadAsync("ada", "hello")).Status);
    }

    [PostgresFact]
    public async Task While_the_database_is_away_uploads_are_answered_503_and_go_on_when_it_is_back()
    {
        using var server = PostgresServer.StartOwn();
        var node = await StartNodeAsync(connectionString: server.ConnectionString("postgres"));
        Assert.Equal(200, (await node.UploadAsync("ada", "before")).Status);
        server.Stop();
        foreach (var text in (string[])["during", Text(700, "during")])
        {
            var refused = await node.UploadAsync("ada", text);
            Assert.Equal((503, "busy"), (refused.Status, refused.Code));
            Assert.NotNull(refused.Header("Retry-After"));
        }
        Assert.Equal(503, (await node.GetAsync("/v1/uploads/0123456789abcdef0123456789abcdef")).Status);
        Assert.Equal(503, (await node.GetAsync("/health/ready")).Status);
        server.Start();
        Assert.Equal(200, (await node.UploadAsync("ada", "after")).Status);
    }

    /// <summary>The first file is on its way from one node when the second comes in at the other: the node that has the line sends both.</summary>
    private async Task HearsOfTheOtherAsync(Action<IServiceCollection> services)
    {
        var (one, other) = (await StartNodeAsync(services: services), await StartNodeAsync(services: services));
        await Genesys.FaultsAsync(new { latency_ms = 3000 });
        var first = one.UploadAsync("ada", "first");
        await UntilThereAre(1);
        var second = other.UploadAsync("ada", "second", prefer: "wait=60");
        await UntilThereAre(2);
        await Genesys.HealAsync();
        // Long before its wait is over: then it would see the row all the same.
        await Task.WhenAll(first, second).WaitAsync(TimeSpan.FromSeconds(40));
        foreach (var upload in (Task<UploadAnswer>[])[first, second]) Assert.Equal((200, "delivered"), ((await upload).Status, (await upload).State));
        Assert.Equal([RunningGateway.Sha256("first"), RunningGateway.Sha256("second")], await Genesys.HashesAsync());

        Task UntilThereAre(int uploads) => Eventually.HoldsAsync($"there are {uploads}", async () =>
        {
            var there = (await other.GetAsync("/v1/contacts/ada/uploads")).Body.GetProperty("items").GetArrayLength();
            return there == uploads ? null : $"there are {there}";
        });
    }

    /// <summary>A way on which nothing comes through, as behind a pooler that hands out connections by transaction.</summary>
    private sealed class Unheard : IEndNotices
    {
        public int MostIds => 1;

        public ValueTask SendAsync(IReadOnlyCollection<UploadId> ended, CancellationToken cancellationToken) => ValueTask.CompletedTask;

        public async IAsyncEnumerable<IReadOnlyList<UploadId>> ListenAsync([EnumeratorCancellation] CancellationToken cancellationToken)
        {
            await Task.Delay(Timeout.Infinite, cancellationToken);
            yield break;
        }
    }
}
