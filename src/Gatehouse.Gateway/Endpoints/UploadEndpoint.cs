using Gatehouse.Actors;
using Gatehouse.Gateway.Audit;
using Gatehouse.Gateway.Pipeline;
using Gatehouse.Gateway.Problems;
using Gatehouse.Gateway.Quarantine;
using Gatehouse.Storage;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Gatehouse.Gateway.Endpoints;

/// <summary><c>POST /upload</c> and <c>POST /v1/uploads</c>: one upload through the pipeline, answered, counted and logged.</summary>
public sealed partial class UploadEndpoint(UploadPipeline pipeline, RefusedAttempts refusedAttempts, AnswerWriter writer, UploadLog log, AuditTrail audit, ILogger<UploadEndpoint> logger, QuarantineKeeper? quarantine = null)
{
    private static readonly TimeSpan BusyRetryAfter = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan DiskFullRetryAfter = TimeSpan.FromSeconds(30);

    public async Task HandleAsync(HttpContext http)
    {
        using var upload = new UploadInProgress(http);
        var answer = await AnswerAsync(upload, http.RequestAborted);
        if (audit.Ended(upload, answer) is { } record) quarantine?.Keep(upload, record);
        if (answer is null)
        {
            log.HungUp(upload);
            // Else the server would try to read on.
            http.Abort();
            return;
        }
        await refusedAttempts.CountAsync(upload, answer);
        log.Answered(upload, answer);
        // A refusal may be followed by seconds of draining: the contact's next upload must not wait for them, nor what was received lie about.
        if (answer is Answer.Refused) upload.Release();
        try
        {
            await writer.WriteAsync(upload, answer, http.RequestAborted);
        }
        catch (Exception e) when (e is OperationCanceledException or IOException && http.RequestAborted.IsCancellationRequested)
        {
            // The client went away before its answer: that is in its log line already.
        }
    }

    /// <summary>Null: the client hung up, and nobody is there to answer.</summary>
    private async ValueTask<Answer?> AnswerAsync(UploadInProgress upload, CancellationToken cancellationToken)
    {
        try
        {
            return await pipeline.RunAsync(upload, cancellationToken);
        }
        catch (Exception e) when (e is StoreUnavailableException or MailboxFullException)
        {
            LogStore(logger, upload.Id, e);
            return new Problem(ProblemCodes.Busy) { RetryAfter = BusyRetryAfter };
        }
        catch (SpoolFullException e)
        {
            LogStore(logger, upload.Id, e);
            return new Problem(ProblemCodes.Busy) { Detail = "The gateway's disk is full.", RetryAfter = DiskFullRetryAfter };
        }
        catch (Exception e) when (e is ConnectionAbortedException || (cancellationToken.IsCancellationRequested && e is OperationCanceledException or IOException))
        {
            return null;
        }
        catch (Exception e) when (e is not OutOfMemoryException)
        {
            LogUnexpected(logger, upload.Id, upload.Http.TraceIdentifier, e);
            return new Problem(ProblemCodes.InternalError) { CorrelationId = upload.Http.TraceIdentifier };
        }
    }

    [LoggerMessage(EventId = 1101, Level = LogLevel.Error, Message = "Upload {Upload}: the store did not take it")]
    private static partial void LogStore(ILogger logger, UploadId upload, Exception error);

    [LoggerMessage(EventId = 1102, Level = LogLevel.Error, Message = "Upload {Upload}, request {RequestId}: unexpected error")]
    private static partial void LogUnexpected(ILogger logger, UploadId upload, string requestId, Exception error);
}
