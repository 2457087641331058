using System.Threading.Channels;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace Gatehouse.Actors.Engine.Sweeping;

/// <summary>Deletes the blobs of uploads that no longer need them, after the commit that says so and off its way. What it misses (a crash, a full queue) the sweeper finds.</summary>
/// <param name="withTurnBytes">Files up to here are rows, and went with the commit.</param>
public sealed partial class BlobDropper(IBlobStore blobs, long withTurnBytes, ILogger? log = null) : IRecordObserver
{
    private readonly ILogger _log = log ?? NullLogger.Instance;

    private readonly Channel<UploadId> _dropped = Channel.CreateBounded<UploadId>(
        new BoundedChannelOptions(16_384) { FullMode = BoundedChannelFullMode.DropWrite, SingleReader = true });

    public void Committed(ActorKey key, IReadOnlyList<Record> records)
    {
        foreach (var record in records)
        {
            if (record is FileDropped file && file.Size > withTurnBytes) _dropped.Writer.TryWrite(file.Id);
        }
    }

    /// <summary>Deletes until cancelled, then returns.</summary>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        try
        {
            await foreach (var id in _dropped.Reader.ReadAllAsync(cancellationToken)) await DeleteAsync(id, cancellationToken);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            // The host is stopping; the sweeper finds the rest.
        }
    }

    private async Task DeleteAsync(UploadId id, CancellationToken cancellationToken)
    {
        try
        {
            await blobs.DeleteAsync(id, cancellationToken);
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            LogFailed(e, id);
        }
    }

    [LoggerMessage(EventId = 2203, Level = LogLevel.Warning, Message = "Blob {Id} could not be deleted; the sweeper will try again")]
    private partial void LogFailed(Exception e, UploadId id);
}
