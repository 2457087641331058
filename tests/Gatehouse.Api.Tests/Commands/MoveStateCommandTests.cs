using Gatehouse.Actors;
using Gatehouse.Storage;
using Gatehouse.Storage.Sqlite;

namespace Gatehouse.Api.Tests.Commands;

public sealed class MoveStateCommandTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("gatehouse-").FullName;
    private readonly Lazy<TestDatabase> _target = new(() => new TestDatabase());

    private string Data => Path.Combine(_folder, "data");

    [Theory]
    [InlineData("it must name the database server", "--to", "postgres")]
    [InlineData("--to postgres", "--to", "mongo")]
    [InlineData("--to postgres")]
    [InlineData("\"s3\": it must be disk or postgres", "--to", "postgres", "--blobs", "s3")]
    [InlineData("not an option", "--to", "postgres", "--from", "sqlite")]
    public async Task Wrong_words_end_it_with_2_and_a_sentence(string says, params string[] words)
    {
        var run = await Run.OfAsync(["move-state", .. words]);
        Assert.Equal(2, run.Code);
        Assert.Contains(says, run.Errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_connection_that_cannot_be_read_is_not_repeated()
    {
        var run = await Run.OfAsync("move-state", "--to", "postgres", "--connection", "Host=db;Pasword=hush");
        Assert.Equal(2, run.Code);
        Assert.DoesNotContain("hush", run.Errors + run.Output, StringComparison.Ordinal);
    }

    [PostgresFact]
    public async Task What_the_folder_holds_is_moved_compared_and_told()
    {
        using (var folder = DataFolder.Open(Data))
        using (var store = SqliteStore.Open(folder.DatabasePath, TimeProvider.System))
        {
            await store.SaveAsync(
                new ActorSave { Key = new ActorKey("contact", "ada"), ExpectedVersion = 0, Schema = 1, State = new byte[] { 1 }, Wake = new Wake(DateTimeOffset.UtcNow, Waiting: false, Forget: false) }, CancellationToken.None);
        }
        var run = await Run.OfAsync("move-state", "--to", "postgres", $"--State:ConnectionString={_target.Value.ConnectionString}", $"--Data:Directory={Data}");
        Assert.Equal("", run.Errors);
        Assert.Equal(0, run.Code);
        Assert.Contains(run.Lines, line => line.StartsWith("Compared: 1 actors", StringComparison.Ordinal));
        Assert.Contains("State:Store=postgres", run.Lines[^1], StringComparison.Ordinal);
        Assert.Equal(1, _target.Value.Ask<long>("SELECT count(*) FROM gatehouse.actors"));
        var serve = await Run.OfAsync("serve", $"--Data:Directory={Data}", "--Urls=http://127.0.0.1:0", "--Simulator:Url=http://127.0.0.1:0");
        Assert.Equal(1, serve.Code);
        Assert.Contains("moved to PostgreSQL", serve.Errors, StringComparison.Ordinal);
    }

    [PostgresFact]
    public async Task A_folder_with_nothing_to_move_ends_it_with_1_and_a_sentence()
    {
        var run = await Run.OfAsync("move-state", "--to", "postgres", "--connection", _target.Value.ConnectionString, $"--Data:Directory={Data}");
        Assert.Equal(1, run.Code);
        Assert.Contains("nothing to move", run.Errors, StringComparison.Ordinal);
    }

    public void Dispose()
    {
        if (_target.IsValueCreated) _target.Value.Dispose();
        Directory.Delete(_folder, recursive: true);
    }
}
