using Gatehouse.Actors;
using Microsoft.Extensions.Logging;

namespace Gatehouse.Gateway.Telemetry;

/// <summary>Counts and logs uploads as they end, whoever waits for them or not.</summary>
public sealed partial class EndedUploads(GatewayMetrics metrics, ILogger<EndedUploads> logger) : IRecordObserver
{
    public void Committed(ActorKey key, IReadOnlyList<Record> records)
    {
        for (var i = 0; i < records.Count; i++)
        {
            if (records[i] is not UploadMoved moved || !moved.Status.IsFinal()) continue;
            metrics.Ended(moved.Status);
            LogEnded(logger, moved.Id, key.Key, moved.Status, moved.Attempts);
        }
    }

    [LoggerMessage(EventId = 1301, Level = LogLevel.Debug, Message = "Upload {Upload} of contact {Contact} ended {Status} after {Attempts} attempts")]
    private static partial void LogEnded(ILogger logger, UploadId upload, string contact, UploadStatus status, int attempts);
}
