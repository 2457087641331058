using System.Globalization;
using System.Text;
using Gatehouse.Actors;
using Gatehouse.Gateway.Delivery;
using Gatehouse.Gateway.Telemetry;
using Gatehouse.Inspection;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Prometheus;

namespace Gatehouse.Gateway.Pipeline;

/// <summary>One structured line, and one count, for every upload request.</summary>
public sealed partial class UploadLog(GatewayMetrics metrics, AttemptNotes notes, ILogger<UploadLog> logger)
{
    private readonly IObserver[] _steps = [.. StepClock.Names.Select(metrics.Step)];

    public void Answered(UploadInProgress upload, Answer answer)
    {
        var (id, status, outcome, code) = answer switch
        {
            Answer.Refused refused => (upload.Id, refused.Problem.Code.Status, "refused", refused.Problem.Code.Name),
            Answer.RefusedByDelivery refused => (refused.Ended, refused.Problem.Status, "refused", refused.Problem.Code),
            Answer.Shown { Standing: Standing.Duplicate } shown => (shown.Row.Id, StatusOf(shown.Row), "duplicate", ""),
            Answer.Shown { Standing: Standing.Replayed } shown => (shown.Row.Id, StatusOf(shown.Row), "replayed", ""),
            Answer.Shown shown => (shown.Row.Id, StatusOf(shown.Row), shown.Row.Status == UploadStatus.Delivered ? "delivered" : "accepted", ""),
            _ => (upload.Id, 0, "", ""),
        };
        Write(upload, id, outcome, code, status, answer is Answer.Shown row ? row.Row.Attempts : null);
    }

    /// <summary>The client went away before its answer; 499, as proxies log it.</summary>
    public void HungUp(UploadInProgress upload) => Write(upload, upload.Id, "hung_up", "", StatusCodes.Status499ClientClosedRequest, attempts: null);

    private void Write(UploadInProgress upload, UploadId id, string outcome, string code, int status, int? attempts)
    {
        metrics.Answered(outcome, code, upload.Size);
        for (var step = 0; step < _steps.Length; step++)
        {
            if (upload.Clock.Ran((Step)step)) _steps[step].Observe(upload.Clock.Seconds((Step)step));
        }

        var note = notes.Take(upload.Id);
        if (logger.IsEnabled(LogLevel.Information))
        {
            LogUpload(
                logger, id, upload.ContactId, upload.Caller?.Name, upload.DeclaredMime, upload.Verdict?.DetectedMime, upload.Size, VerdictOf(upload), outcome, code, status,
                attempts ?? note.Attempts, upload.Http.TraceIdentifier, note.CorrelationIds, Milliseconds(upload.Clock), upload.Clock.TotalMilliseconds);
        }
    }

    private static int StatusOf(UploadRow row) => row.Status == UploadStatus.Delivered ? StatusCodes.Status200OK : StatusCodes.Status202Accepted;

    /// <summary>A file has its name once it has been judged to the end, by the scanner too.</summary>
    private static string VerdictOf(UploadInProgress upload) => upload.Verdict switch
    {
        null => "none",
        Verdict.Accept => upload.Filename is null ? "none" : "accept",
        Verdict.Refuse refuse => refuse.Reason ?? refuse.Code.ToContractCode(),
        _ => "",
    };

    private static string Milliseconds(StepClock clock)
    {
        var text = new StringBuilder(96);
        for (var step = 0; step < StepClock.Names.Count; step++)
        {
            if (!clock.Ran((Step)step)) continue;
            if (text.Length > 0) text.Append(' ');
            text.Append(StepClock.Names[step]).Append('=').Append(CultureInfo.InvariantCulture, $"{clock.Milliseconds((Step)step):F1}");
        }
        return text.ToString();
    }

    [LoggerMessage(EventId = 1001, Level = LogLevel.Information, Message =
        "Upload {Upload} contact {Contact} caller {Caller} declared {DeclaredType} detected {DetectedType} size {Size} verdict {Verdict} outcome {Outcome} code {Code} status {Status} attempts {Attempts} request {RequestId} genesys {CorrelationIds} steps {StepMilliseconds} total {TotalMilliseconds:F1} ms")]
    private static partial void LogUpload(
        ILogger logger, UploadId upload, string? contact, string? caller, string? declaredType, string? detectedType, long size, string verdict, string outcome, string code, int status,
        int attempts, string requestId, string correlationIds, string stepMilliseconds, double totalMilliseconds);
}
