using System.Collections.Concurrent;
using System.Diagnostics;

namespace Gatehouse.Gateway.Tests.Postgres;

public sealed class StatementsTests : PostgresNodes
{
    [PostgresFact]
    public async Task An_uncontended_upload_that_is_delivered_costs_at_most_four_statements_on_the_state()
    {
        // On a clock that stands, the token's lease lasts and the pump sleeps: what is left are the uploads' own statements.
        var node = await StartNodeAsync(time: new ManualTime());
        // The token: what the first upload pays is not every upload's.
        await node.UploadAsync("first", "hello");
        using var statements = new StateStatements(Database.Name);
        Assert.Equal(200, (await node.UploadAsync("ada", "hello")).Status);
        Assert.Equal(3, statements.TakeCount());
        Assert.Equal(200, (await node.UploadAsync("ada", "hello again")).Status);
        Assert.Equal(3, statements.TakeCount());
        Assert.Equal(200, (await node.UploadAsync("ada", Text(700, "large"))).Status);
        Assert.Equal(4, statements.TakeCount());
    }

    /// <summary>Counts what the driver sends about contacts and uploads: not the pump's looks, the counts for limits, or blobs.</summary>
    private sealed class StateStatements : IDisposable
    {
        private static readonly string[] Apart = ["due_at - ", "SKIP LOCKED", "sum(size)", "blob_parts", "gatehouse.blobs"];

        private readonly ActivityListener _listener;
        private readonly ConcurrentQueue<string> _sent = new();

        public StateStatements(string database)
        {
            _listener = new ActivityListener
            {
                ShouldListenTo = source => string.Equals(source.Name, "Npgsql", StringComparison.Ordinal),
                Sample = (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllData,
                ActivityStopped = activity =>
                {
                    var tags = activity.TagObjects.Select(tag => tag.Value as string).OfType<string>().ToList();
                    if (!tags.Contains(database, StringComparer.Ordinal) || tags.Find(tag => tag.Contains("gatehouse.", StringComparison.Ordinal)) is not { } sql) return;
                    if (!Array.Exists(Apart, part => sql.Contains(part, StringComparison.Ordinal))) _sent.Enqueue(sql);
                },
            };
            ActivitySource.AddActivityListener(_listener);
        }

        public int TakeCount()
        {
            var count = _sent.Count;
            _sent.Clear();
            return count;
        }

        public void Dispose() => _listener.Dispose();
    }
}
