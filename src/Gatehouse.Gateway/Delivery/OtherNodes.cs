using System.Threading.Channels;
using Gatehouse.Actors;
using Gatehouse.Gateway.Events;
using Microsoft.Extensions.Logging;

namespace Gatehouse.Gateway.Delivery;

/// <summary>
/// Nodes on one database: an upload may be sent by another node than the one whose caller waits for it, as when a contact's files come through several. What is waited for here for a second is looked up in the
/// rows, all of it in one statement; notices between the nodes only make it sooner.
/// </summary>
public sealed partial class OtherNodes(Outcomes outcomes, StatusWatches watches, IUploadRows rows, IEndNotices notices, TimeProvider time, ILogger<OtherNodes> logger) : IRecordObserver
{
    private static readonly TimeSpan LookEvery = TimeSpan.FromSeconds(1);

    /// <summary>Ends of so long go in one notice: nobody notices the wait, and a node sends at most 20 a second.</summary>
    private static readonly TimeSpan Gather = TimeSpan.FromMilliseconds(50);

    /// <summary>After the way broke.</summary>
    private static readonly TimeSpan ListenAgain = TimeSpan.FromSeconds(2);

    /// <summary>Above it a look finds what no notice told.</summary>
    private const int MostUntold = 4000;

    private readonly Channel<UploadId> _ended = Channel.CreateBounded<UploadId>(new BoundedChannelOptions(MostUntold) { FullMode = BoundedChannelFullMode.DropWrite, SingleReader = true });

    /// <summary>Whose caller waits here needs no notice; of the others nobody may wait anywhere, and that only the other nodes know.</summary>
    public void Committed(ActorKey key, IReadOnlyList<Record> records)
    {
        for (var i = 0; i < records.Count; i++)
        {
            if (records[i] is UploadMoved moved && moved.Status.IsFinal() && !outcomes.IsWaitedFor(moved.Id)) _ended.Writer.TryWrite(moved.Id);
        }
    }

    public Task RunAsync(CancellationToken cancellationToken) => Task.WhenAll(LookAsync(cancellationToken), ListenAsync(cancellationToken), TellAsync(cancellationToken));

    private async Task LookAsync(CancellationToken cancellationToken)
    {
        using var timer = new PeriodicTimer(LookEvery, time);
        var before = outcomes.Waited();
        while (await timer.WaitForNextTickAsync(cancellationToken))
        {
            var now = outcomes.Waited();
            UploadId[] still = [.. now.Where(before.Contains)];
            before = now;
            if (still.Length > 0) await FindAsync(still, cancellationToken);
        }
    }

    private async Task ListenAsync(CancellationToken cancellationToken)
    {
        while (true)
        {
            try
            {
                await foreach (var ended in notices.ListenAsync(cancellationToken))
                {
                    foreach (var id in ended) watches.Wake(id);
                    UploadId[] waited = [.. ended.Where(outcomes.IsWaitedFor)];
                    if (waited.Length > 0) await FindAsync(waited, cancellationToken);
                }
            }
            catch (Exception e) when (e is not OperationCanceledException and not OutOfMemoryException)
            {
                LogDeaf(logger, e.Message);
            }
            await Task.Delay(ListenAgain, time, cancellationToken);
        }
    }

    private async Task TellAsync(CancellationToken cancellationToken)
    {
        var ended = new List<UploadId>(notices.MostIds);
        while (await _ended.Reader.WaitToReadAsync(cancellationToken))
        {
            while (ended.Count < notices.MostIds && _ended.Reader.TryRead(out var id)) ended.Add(id);
            try
            {
                await notices.SendAsync(ended, cancellationToken);
            }
            catch (Exception e) when (e is not OperationCanceledException and not OutOfMemoryException)
            {
                LogUntold(logger, ended.Count, e.Message);
            }
            ended.Clear();
            await Task.Delay(Gather, time, cancellationToken);
        }
    }

    private async ValueTask FindAsync(UploadId[] ids, CancellationToken cancellationToken)
    {
        try
        {
            foreach (var row in await rows.FindManyAsync(ids, cancellationToken))
            {
                if (row.Status.IsFinal()) outcomes.EndedElsewhere(row);
            }
        }
        catch (Exception e) when (e is not OperationCanceledException and not OutOfMemoryException)
        {
            LogNotFound(logger, ids.Length, e.Message);
        }
    }

    [LoggerMessage(EventId = 3401, Level = LogLevel.Warning, Message = "{Uploads} uploads that callers wait for could not be looked up; the next look tries again ({Reason})")]
    private static partial void LogNotFound(ILogger logger, int uploads, string reason);

    [LoggerMessage(EventId = 3402, Level = LogLevel.Warning, Message = "Other nodes' notices are not heard until the database is reached again; callers hear of what other nodes send up to a second later ({Reason})")]
    private static partial void LogDeaf(ILogger logger, string reason);

    [LoggerMessage(EventId = 3403, Level = LogLevel.Debug, Message = "{Uploads} ends were not told to other nodes; whoever waits there looks by itself ({Reason})")]
    private static partial void LogUntold(ILogger logger, int uploads, string reason);
}
