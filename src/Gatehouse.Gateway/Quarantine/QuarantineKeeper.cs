using System.Buffers;
using Gatehouse.Actors;
using Gatehouse.Gateway.Audit;
using Gatehouse.Gateway.Pipeline;
using Gatehouse.Gateway.Telemetry;
using Gatehouse.Inspection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Gatehouse.Gateway.Quarantine;

/// <summary>Keeps the bytes that a verdict refused, as far as they were read, until they are too old. What cannot be kept is told, and refused all the same.</summary>
public sealed partial class QuarantineKeeper(QuarantineFolder folder, AuditLine line, TimeSpan retention, GatewayMetrics metrics, TimeProvider time, ILogger<QuarantineKeeper> logger) : BackgroundService
{
    private static readonly TimeSpan SweepEvery = TimeSpan.FromHours(1);

    /// <param name="record">As the audit has it.</param>
    public void Keep(UploadInProgress upload, AuditRecord record)
    {
        if (upload is not { Verdict: Verdict.Refuse, File: { Length: > 0 } file }) return;
        var side = new ArrayBufferWriter<byte>(1024);
        line.Write(side, record);
        try
        {
            var gone = folder.Keep(upload.Id, file, side.WrittenSpan, record.At);
            if (gone < 0)
            {
                LogTooLarge(logger, upload.Id, file.Length);
                metrics.Quarantined(kept: false, folder.TotalBytes);
                return;
            }
            if (gone > 0) LogGone(logger, gone);
            metrics.Quarantined(kept: true, folder.TotalBytes);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            LogNotKept(logger, upload.Id, e.Message);
            metrics.Quarantined(kept: false, folder.TotalBytes);
        }
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(SweepEvery, time);
        try
        {
            do Sweep();
            while (await timer.WaitForNextTickAsync(stoppingToken));
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // The node stops.
        }
    }

    private void Sweep()
    {
        try
        {
            folder.DeleteBefore(time.GetUtcNow() - retention);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            LogNotDeleted(logger, e.Message);
        }
        metrics.QuarantineBytes(folder.TotalBytes);
    }

    [LoggerMessage(EventId = 1811, Level = LogLevel.Error, Message = "Upload {Upload}: its refused file could not be kept: {Why}")]
    private static partial void LogNotKept(ILogger logger, UploadId upload, string why);

    [LoggerMessage(EventId = 1812, Level = LogLevel.Warning, Message = "Upload {Upload}: its refused file of {Size} bytes is not kept, as it alone is more than Quarantine:MaxBytes")]
    private static partial void LogTooLarge(ILogger logger, UploadId upload, long size);

    [LoggerMessage(EventId = 1813, Level = LogLevel.Warning, Message = "{Files} of the oldest refused files went for a new one, as Quarantine:MaxBytes are kept")]
    private static partial void LogGone(ILogger logger, int files);

    [LoggerMessage(EventId = 1814, Level = LogLevel.Warning, Message = "Refused files that are too old could not be deleted: {Why}")]
    private static partial void LogNotDeleted(ILogger logger, string why);
}
