using Gatehouse.Actors;
using Gatehouse.Gateway.Delivery;
using Microsoft.Extensions.Logging;

namespace Gatehouse.Gateway.Telemetry;

/// <summary>Counts uploads as they end, and logs those whose caller no longer waits: the others are in their request's line.</summary>
public sealed partial class EndedUploads(GatewayMetrics metrics, Outcomes outcomes, ILogger<EndedUploads> logger) : IRecordObserver
{
    public void Committed(ActorKey key, IReadOnlyList<Record> records)
    {
        for (var i = 0; i < records.Count; i++)
        {
            if (records[i] is not UploadMoved moved || !moved.Status.IsFinal()) continue;
            metrics.Ended(moved.Status);
            if (!outcomes.IsWaitedFor(moved.Id)) LogEnded(logger, moved.Id, key.Key, moved.Status, moved.Attempts);
        }
    }

    [LoggerMessage(EventId = 1301, Level = LogLevel.Information, Message = "Upload {Upload} of contact {Contact} ended {Status} after {Attempts} attempts")]
    private static partial void LogEnded(ILogger logger, UploadId upload, string contact, UploadStatus status, int attempts);
}
