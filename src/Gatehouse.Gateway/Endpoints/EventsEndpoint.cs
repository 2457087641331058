using Gatehouse.Actors;
using Gatehouse.Gateway.Events;
using Gatehouse.Gateway.Health;
using Gatehouse.Gateway.Problems;
using Microsoft.AspNetCore.Http;

namespace Gatehouse.Gateway.Endpoints;

/// <summary><c>GET /v1/uploads/{id}/events</c>: the upload's statuses as server-sent events, for callers with the scope <c>read</c>.</summary>
public sealed class EventsEndpoint(UploadLookUp uploads, StatusWatches watches, StatusEvents events, Readiness readiness)
{
    private const string LastEventId = "Last-Event-ID";

    private static readonly TimeSpan BusyRetryAfter = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan DrainingRetryAfter = TimeSpan.FromSeconds(5);

    public async Task HandleAsync(HttpContext http, string id)
    {
        if ((await uploads.FindAsync(http, id)).Failed(out var problem, out var row))
        {
            await ProblemResponse.WriteAsync(http, problem, http.RequestAborted);
            return;
        }
        http.Response.Headers.CacheControl = "no-store";
        var seen = StatusNumber.Seen(http.Request.Headers[LastEventId], row);
        if (row.Status.IsFinal() && seen == StatusNumber.Of(row))
        {
            // What tells an EventSource not to come back (WHATWG HTML, section 9.2.3).
            http.Response.StatusCode = StatusCodes.Status204NoContent;
            return;
        }
        using var watch = watches.TryBegin(row.Id);
        if (readiness.IsDraining || watch is null)
        {
            await ProblemResponse.WriteAsync(http, readiness.IsDraining ? Draining() : TooMany(), http.RequestAborted);
            return;
        }
        await StreamAsync(http, watch, row, seen);
    }

    private async Task StreamAsync(HttpContext http, StatusWatches.Watch watch, UploadRow row, long seen)
    {
        http.Response.ContentType = "text/event-stream";
        http.Response.Headers.XContentTypeOptions = "nosniff";
        // For proxies that collect an answer before they pass it on (nginx).
        http.Response.Headers["X-Accel-Buffering"] = "no";
        if (HttpMethods.IsHead(http.Request.Method)) return;
        try
        {
            // The client learns at once that it is connected, even when there is nothing new to tell it.
            await http.Response.Body.FlushAsync(http.RequestAborted);
            await events.WriteAsync(http.Response.Body, watch, row, seen, http.RequestAborted);
        }
        catch (Exception e) when (e is OperationCanceledException or IOException && http.RequestAborted.IsCancellationRequested)
        {
            // The client has heard enough.
        }
    }

    private static Problem Draining() => new(ProblemCodes.ShuttingDown) { RetryAfter = DrainingRetryAfter };

    private static Problem TooMany() => new(ProblemCodes.Busy) { Detail = "The node has as many event streams open as Limits:MaxEventStreams allows.", RetryAfter = BusyRetryAfter };
}
