using Gatehouse.Actors;

namespace Gatehouse.Genesys.Routes;

/// <summary>One way into Genesys Cloud. Makes exactly one attempt; never retries by itself, but for a 401, which it tries once more with a new token.</summary>
public interface IDeliveryRoute
{
    /// <summary>The route's name in configuration and contracts, such as <c>contact-attachments</c>.</summary>
    string Name { get; }

    /// <summary>The largest file that the route carries, in bytes.</summary>
    long MaxFileBytes { get; }

    /// <summary>
    /// Sends the file. Outcomes, time-outs and broken connections included, are return values; cancellation throws, and an <see cref="IOException"/> says that this node could not read <paramref name="bytes"/>.
    /// <paramref name="permit"/> covers the first API request.
    /// </summary>
    ValueTask<RouteOutcome> SendAsync(UploadRow upload, FileBytes bytes, Permit permit, CancellationToken cancellationToken);
}

/// <summary>What became of one attempt.</summary>
public abstract record RouteOutcome
{
    /// <summary>Correlation id that Genesys gave (<c>ININ-Correlation-Id</c>, <c>Genesys-Correlation-Id</c>), if any.</summary>
    public string? CorrelationId { get; init; }

    /// <summary>HTTP status of the last call; null when there was no answer.</summary>
    public int? Status { get; init; }

    /// <summary>The contact that the call named, where that is another id than the upload's.</summary>
    public string? GenesysContactId { get; init; }

    /// <summary>Genesys' own error code (<c>ErrorBody.code</c>), if any.</summary>
    public string? GenesysCode { get; init; }

    /// <summary>Delivered. <paramref name="Result"/>: what Genesys answered, JSON; null when it answered none.</summary>
    public sealed record Sent(string? Result) : RouteOutcome;

    /// <summary>Genesys refuses this upload for good: 400, 404, 413, 415 and other 4xx. <paramref name="Why"/>: one plain sentence.</summary>
    public sealed record Refused(RefusedBecause Because, string Why) : RouteOutcome;

    /// <summary>The route does not work for anyone: 403, bad credentials, a 401 that a fresh token does not cure.</summary>
    public sealed record RouteDown(string Why) : RouteOutcome;

    /// <summary>429: the token actor was told. Nothing was done.</summary>
    public sealed record RateLimited(TimeSpan RetryAfter) : RouteOutcome;

    /// <summary>
    /// 5xx, time-out, broken connection. <paramref name="Outage"/>: it looks like an outage (no connection, 502, 503, 504, time-out), not like this upload's own trouble (500).
    /// <paramref name="OutcomeUnknown"/>: the request had been sent, so Genesys may have done its work.
    /// </summary>
    public sealed record Trouble(bool Outage, bool OutcomeUnknown, TimeSpan? RetryAfter, string Why) : RouteOutcome;
}

public enum RefusedBecause
{
    ContactNotFound,
    FileTooLarge,
    Other,
}
