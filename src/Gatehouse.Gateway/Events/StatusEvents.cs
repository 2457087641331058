using System.Globalization;
using System.Net.ServerSentEvents;
using Gatehouse.Actors;
using Gatehouse.Gateway.Envelopes;
using Microsoft.Extensions.Logging;

namespace Gatehouse.Gateway.Events;

/// <summary>Tells one client of an upload's statuses, each once and in order, until a final one: <c>text/event-stream</c> (WHATWG HTML, section 9.2).</summary>
public sealed partial class StatusEvents(IUploadRows rows, TimeProvider time, ILogger<StatusEvents> logger)
{
    /// <summary>A stream silent for longer says something; at a look, so up to <see cref="StatusWatches.LookEvery"/> later. Proxies cut connections that are silent for 30 or 60 s.</summary>
    private static readonly TimeSpan Heartbeat = TimeSpan.FromSeconds(15);

    private static readonly byte[] Comment = ":\n\n"u8.ToArray();

    /// <summary>Returns after a final status, when the row is gone, or when the node stops.</summary>
    /// <param name="seen">The number of the last status that the client knows; 0: none.</param>
    public async Task WriteAsync(Stream body, StatusWatches.Watch watch, UploadRow row, long seen, CancellationToken cancellationToken)
    {
        var lastWritten = time.GetTimestamp();
        while (await watch.LookAsync(cancellationToken))
        {
            if (await FindAsync(row, cancellationToken) is not { } found) return;
            row = found;
            var number = StatusNumber.Of(row);
            if (number > seen)
            {
                await WriteEventAsync(body, row, number, cancellationToken);
                (seen, lastWritten) = (number, time.GetTimestamp());
            }
            else if (time.GetElapsedTime(lastWritten) >= Heartbeat)
            {
                await body.WriteAsync(Comment, cancellationToken);
                lastWritten = time.GetTimestamp();
            }
            if (row.Status.IsFinal()) return;
        }
    }

    private static Task WriteEventAsync(Stream body, UploadRow row, long number, CancellationToken cancellationToken)
    {
        var status = new SseItem<UploadRow>(row, "status") { EventId = number.ToString(CultureInfo.InvariantCulture) };
        return SseFormatter.WriteAsync(new[] { status }.ToAsyncEnumerable(), body, static (item, data) => Envelope.Write(data, item.Data, duplicate: false), cancellationToken);
    }

    /// <summary>The row as it stands; the one that is known when the store does not answer: the next look tries again. Null: it is gone.</summary>
    private async ValueTask<UploadRow?> FindAsync(UploadRow known, CancellationToken cancellationToken)
    {
        try
        {
            return await rows.FindAsync(known.Id, cancellationToken);
        }
        catch (Exception e) when (e is not OperationCanceledException and not OutOfMemoryException)
        {
            LogNotFound(logger, known.Id, e);
            return known;
        }
    }

    [LoggerMessage(EventId = 1501, Level = LogLevel.Warning, Message = "Upload {Upload}: its row could not be read for its event stream; the next look tries again")]
    private static partial void LogNotFound(ILogger logger, UploadId upload, Exception error);
}
