using System.Diagnostics;
using Gatehouse.Actors;
using Gatehouse.Actors.Contacts;
using Gatehouse.Gateway.Configuration;
using Gatehouse.Gateway.Links;
using Gatehouse.Gateway.Telemetry;
using Gatehouse.Genesys.Routes;
using Microsoft.Extensions.Logging;

namespace Gatehouse.Gateway.Delivery;

/// <summary>One attempt: send, weigh the outcome, record it in one turn (the pipeline's steps Deliver and Complete, for every upload alike).</summary>
public sealed partial class Attempt(
    IActors<ContactCommand, ContactReply> contacts,
    Routes routes,
    LeaseKeeper leases,
    Outcomes outcomes,
    AttemptNotes notes,
    LinksGivenOut links,
    GatewayMetrics metrics,
    GatehouseOptions options,
    TimeProvider time,
    ILogger<Attempt> logger)
{
    /// <summary>Tries to record an outcome; past them the claim is left to run out, and the upload is sent again under the same message id.</summary>
    private const int RecordingTries = 5;

    /// <summary>Returns the contact's answer; null when nothing could be recorded.</summary>
    public async ValueTask<ContactReply?> RunAsync(Work work, CancellationToken stopping)
    {
        var route = routes.Find(work.Row.Route);
        outcomes.AttemptBegins(work.Claim.Id);
        using var claim = leases.Hold(work.Contact, work.Claim.Id, work.Claim.Fence, work.ClaimedAt, route?.Route.CallsApi ?? false, stopping);
        var began = Stopwatch.GetTimestamp();
        AttemptOutcome outcome;
        if (route is null)
        {
            outcome = new AttemptOutcome.Failed(DeliveryProblems.NoSuchRoute(work.Row.Route));
        }
        else
        {
            RouteOutcome sent;
            try
            {
                sent = await route.Route.SendAsync(work.Row, work.Bytes, work.Permit, claim.Cut);
            }
            catch (OperationCanceledException) when (claim.TimedOut)
            {
                sent = new RouteOutcome.Trouble(Outage: true, OutcomeUnknown: true, RetryAfter: null, "The attempt took longer than Delivery:AttemptTimeoutSeconds allows.");
            }
            catch (OperationCanceledException) when (claim.Lost.IsCancellationRequested)
            {
                LogCut(logger, work.Claim.Id, work.Claim.Attempts + 1);
                outcomes.AttemptEnded(work.Contact, work.Claim.Id, headNotBefore: null);
                return null;
            }
            catch (IOException e)
            {
                // Our own disk or object store, not Genesys: an outage that is nobody's fault.
                LogUnreadable(logger, work.Claim.Id, e);
                sent = new RouteOutcome.Trouble(Outage: true, OutcomeUnknown: false, RetryAfter: null, "The file could not be read from where the gateway keeps it.");
            }
            catch (Exception e) when (e is not OutOfMemoryException)
            {
                // A fault of ours that this upload brings out: it counts like one of Genesys', so that the line goes on one day.
                LogFault(logger, work.Claim.Id, e);
                sent = new RouteOutcome.Trouble(Outage: false, OutcomeUnknown: true, RetryAfter: null, "The attempt met an unexpected fault on this node.");
            }
            notes.Note(work.Claim.Id, sent, work.Claim.Attempts + 1);
            outcome = Weigh(work, route, sent, links.Take(work.Claim.Id));
            metrics.Attempt(work.Row.Route, sent);
            if (sent is not (RouteOutcome.Sent or RouteOutcome.RateLimited or RouteOutcome.NotYet) && logger.IsEnabled(LogLevel.Information))
            {
                LogNotSent(logger, work.Claim.Id, work.Contact, work.Claim.Attempts + 1, DeliveryProblems.WhyOf(sent), sent.Status, sent.GenesysCode, sent.CorrelationId);
            }
        }
        if (logger.IsEnabled(LogLevel.Debug))
        {
            LogAttempt(logger, work.Claim.Id, work.Contact, work.Claim.Attempts + 1, outcome.GetType().Name, Stopwatch.GetElapsedTime(began).TotalMilliseconds);
        }
        ContactReply? reply = null;
        try
        {
            return reply = await RecordAsync(work, outcome, claim);
        }
        finally
        {
            if (reply is ContactReply.Recorded { Status: var status } && status.IsFinal()) route?.Health.Forget(work.Claim.Id);
            else if (outcome is AttemptOutcome.Failed) outcomes.Release(work.Claim.Id);
            // A success leaves nobody waiting longer.
            if (reply is not ContactReply.Recorded { Status: UploadStatus.Delivered }) outcomes.AttemptEnded(work.Contact, work.Claim.Id, (reply as ContactReply.Recorded)?.HeadNotBefore);
        }
    }

    private AttemptOutcome Weigh(Work work, RouteInUse route, RouteOutcome sent, DateTimeOffset? linkedUntil)
    {
        var id = work.Claim.Id;
        switch (sent)
        {
            case RouteOutcome.Sent delivered:
                route.Health.Worked(id);
                return new AttemptOutcome.Delivered(delivered.Result, delivered.GenesysContactId, linkedUntil);
            case RouteOutcome.Refused refused:
                // Without a status the route was not asked, and an outage of it is not over.
                if (refused.Status is not null) route.Health.Worked(id);
                return new AttemptOutcome.Failed(DeliveryProblems.Refused(refused, work.Row, Math.Min(route.Route.MaxFileBytes, options.MostFileBytes), options.Limits.AllowedTypes));
            case RouteOutcome.RouteDown down:
                route.Health.Down(down.Why);
                var problem = DeliveryProblems.RouteDown(down);
                return outcomes.TryEnd(id)
                    ? new AttemptOutcome.Failed(problem)
                    : new AttemptOutcome.Retry(RouteHealth.ProbeWhenDown, Counted: false, problem);
            case RouteOutcome.RateLimited limited:
                // The API's pause is the gate's to keep; a guest's session has no other keeper.
                return new AttemptOutcome.Retry(limited.RetryAfter, Counted: false, DeliveryProblems.RateLimited(limited), WaitsOut: !route.Route.CallsApi);
            case RouteOutcome.NotYet waiting:
                // Says nothing of the route: it has not been asked to send anything.
                return new AttemptOutcome.Retry(waiting.RetryAfter, Counted: false, DeliveryProblems.NotYet(waiting), WaitsOut: true);
            case RouteOutcome.Trouble trouble:
                var counted = route.Health.Failed(id, trouble.Outage, trouble.Why);
                var delay = route.Health.Delay(work.Claim.Attempts);
                if (trouble.RetryAfter is { } after && after > delay) delay = after;
                return new AttemptOutcome.Retry(delay, counted, DeliveryProblems.Trouble(trouble));
            default:
                throw new UnreachableException();
        }
    }

    private async ValueTask<ContactReply?> RecordAsync(Work work, AttemptOutcome outcome, HeldClaim claim)
    {
        for (var tries = 1; ; tries++)
        {
            try
            {
                return await contacts.AskAsync(work.Contact, new Complete(work.Claim.Id, work.Claim.Fence, outcome));
            }
            catch (Exception e) when (e is not OutOfMemoryException)
            {
                LogNotRecorded(logger, work.Claim.Id, tries, e);
                if (tries == RecordingTries) return null;
            }
            try
            {
                await Task.Delay(TimeSpan.FromMilliseconds(100 << tries), time, claim.Lost);
            }
            catch (OperationCanceledException)
            {
                return null;
            }
        }
    }

    [LoggerMessage(EventId = 3001, Level = LogLevel.Debug, Message = "Upload {Upload} of contact {Contact}: attempt {Attempt} ended {Outcome} after {Milliseconds:F1} ms")]
    private static partial void LogAttempt(ILogger logger, UploadId upload, string contact, int attempt, string outcome, double milliseconds);

    [LoggerMessage(EventId = 3006, Level = LogLevel.Information, Message = "Upload {Upload} of contact {Contact}: attempt {Attempt} did not get through: {Why} (status {Status}, code {Code}, correlation {Correlation})")]
    private static partial void LogNotSent(ILogger logger, UploadId upload, string contact, int attempt, string why, int? status, string? code, string? correlation);

    [LoggerMessage(EventId = 3002, Level = LogLevel.Warning, Message = "Upload {Upload}: attempt {Attempt} was cut off; its outcome is unknown")]
    private static partial void LogCut(ILogger logger, UploadId upload, int attempt);

    [LoggerMessage(EventId = 3003, Level = LogLevel.Error, Message = "Upload {Upload}: its bytes could not be read")]
    private static partial void LogUnreadable(ILogger logger, UploadId upload, Exception error);

    [LoggerMessage(EventId = 3005, Level = LogLevel.Error, Message = "Upload {Upload}: unexpected fault in an attempt")]
    private static partial void LogFault(ILogger logger, UploadId upload, Exception error);

    [LoggerMessage(EventId = 3004, Level = LogLevel.Warning, Message = "Upload {Upload}: the outcome could not be recorded, try {Try}")]
    private static partial void LogNotRecorded(ILogger logger, UploadId upload, int @try, Exception error);
}
