using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace Gatehouse.Actors.Engine.Sweeping;

/// <summary>Deletes what has had its time: rows, bytes of failed uploads and of links that have expired, and blobs that no upload knows.</summary>
public sealed partial class Sweeper(IUploadRows rows, IBlobStore blobs, SweeperOptions options, TimeProvider time, ILogger? log = null)
{
    private readonly ILogger _log = log ?? NullLogger.Instance;

    /// <summary>Goes round until cancelled, then returns.</summary>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        using var timer = new PeriodicTimer(options.Every, time);
        try
        {
            do
            {
                try
                {
                    var swept = await SweepAsync(cancellationToken);
                    LogSwept(swept.Files, swept.Rows, swept.Orphans);
                }
                catch (Exception e) when (e is not OperationCanceledException)
                {
                    LogFailed(e);
                }
            }
            while (await timer.WaitForNextTickAsync(cancellationToken));
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            // The host is stopping.
        }
    }

    /// <summary>One round.</summary>
    public async Task<Swept> SweepAsync(CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        var failed = await DropFilesAsync(limit => rows.DropFailedFilesAsync(now - options.KeepFailedFiles, limit, cancellationToken), cancellationToken);
        var linked = await DropFilesAsync(limit => rows.DropLinkedFilesAsync(now, limit, cancellationToken), cancellationToken);
        var oldRows = await DropRowsAsync(now - options.KeepRows, cancellationToken);
        var orphans = await DropOrphansAsync(now - options.OrphansAfter, cancellationToken);
        return new Swept(failed + linked, oldRows, orphans);
    }

    private async Task<int> DropFilesAsync(Func<int, ValueTask<IReadOnlyList<UploadId>>> dropRows, CancellationToken cancellationToken)
    {
        var dropped = 0;
        while (true)
        {
            var ids = await dropRows(options.Portion);
            // A crash in here leaves blobs without an entry: orphans, of the round after next.
            foreach (var id in ids) await DeleteAsync(id, cancellationToken);
            dropped += ids.Count;
            if (ids.Count < options.Portion) return dropped;
        }
    }

    private async Task<int> DropRowsAsync(DateTimeOffset endedBefore, CancellationToken cancellationToken)
    {
        var dropped = 0;
        while (true)
        {
            var count = await rows.SweepRowsAsync(endedBefore, options.Portion, cancellationToken);
            dropped += count;
            if (count < options.Portion) return dropped;
        }
    }

    private async Task<int> DropOrphansAsync(DateTimeOffset writtenBefore, CancellationToken cancellationToken)
    {
        var dropped = 0;
        var portion = new List<UploadId>(options.Portion);
        await foreach (var id in blobs.ListAsync(writtenBefore, cancellationToken))
        {
            portion.Add(id);
            if (portion.Count < options.Portion) continue;
            dropped += await DropUnknownAsync(portion, cancellationToken);
            portion.Clear();
        }
        return dropped + await DropUnknownAsync(portion, cancellationToken);
    }

    private async Task<int> DropUnknownAsync(List<UploadId> ids, CancellationToken cancellationToken)
    {
        if (ids.Count == 0) return 0;
        var known = await rows.WithFilesAsync(ids, cancellationToken);
        var dropped = 0;
        foreach (var id in ids)
        {
            if (known.Contains(id)) continue;
            if (await DeleteAsync(id, cancellationToken)) dropped++;
        }
        return dropped;
    }

    /// <summary>One blob that cannot be deleted must not keep the others; it is an orphan of the next round.</summary>
    private async ValueTask<bool> DeleteAsync(UploadId id, CancellationToken cancellationToken)
    {
        try
        {
            await blobs.DeleteAsync(id, cancellationToken);
            return true;
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            LogNotDeleted(e, id);
            return false;
        }
    }

    [LoggerMessage(EventId = 2201, Level = LogLevel.Debug, Message = "Swept {Files} files of ended uploads, {Rows} rows, {Orphans} orphans")]
    private partial void LogSwept(int files, int rows, int orphans);

    [LoggerMessage(EventId = 2202, Level = LogLevel.Warning, Message = "A sweep failed; the next one tries again")]
    private partial void LogFailed(Exception e);

    [LoggerMessage(EventId = 2204, Level = LogLevel.Warning, Message = "Blob {Id} could not be deleted; the next sweep tries again")]
    private partial void LogNotDeleted(Exception e, UploadId id);
}

/// <summary>What one round deleted.</summary>
public readonly record struct Swept(int Files, int Rows, int Orphans);
