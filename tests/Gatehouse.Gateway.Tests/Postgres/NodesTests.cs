using Gatehouse.Gateway.Configuration;
using Gatehouse.Gateway.Tests.Running;
using Gatehouse.Storage.Postgres;

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
}
