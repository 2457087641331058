namespace Gatehouse.Genesys.Routes;

/// <summary>What became of one attempt.</summary>
public abstract record RouteOutcome
{
    /// <summary>Correlation id that Genesys gave (<c>ININ-Correlation-Id</c>, <c>Genesys-Correlation-Id</c>), if any.</summary>
    public string? CorrelationId { get; init; }

    /// <summary>HTTP status of the last call; null when there was no answer.</summary>
    public int? Status { get; init; }

    /// <summary>The contact that the call named, as Genesys knows it.</summary>
    public string? GenesysContactId { get; init; }

    /// <summary>Genesys' own error code (<c>ErrorBody.code</c>), if any.</summary>
    public string? GenesysCode { get; init; }

    /// <summary>Delivered. <paramref name="Result"/>: what Genesys answered, JSON; null when it answered none.</summary>
    public sealed record Sent(string? Result) : RouteOutcome;

    /// <summary>Genesys refuses this upload for good: 400, 404, 413, 415 and other 4xx. <paramref name="Why"/>: one plain sentence.</summary>
    public sealed record Refused(RefusedBecause Because, string Why) : RouteOutcome
    {
        /// <summary>With <see cref="RefusedBecause.TypeNotAllowed"/>: the types that are allowed, as Genesys lists them; null where it lists none.</summary>
        public IReadOnlyList<string>? AllowedTypes { get; init; }

        /// <summary>With <see cref="RefusedBecause.FileTooLarge"/>: the limit, where it is known.</summary>
        public long? LimitBytes { get; init; }
    }

    /// <summary>The route does not work for anyone: 403, bad credentials, a 401 that a fresh token does not cure.</summary>
    public sealed record RouteDown(string Why) : RouteOutcome;

    /// <summary>429, nothing was done. One of the Platform API was told to the token actor; one of a guest's session concerns that session alone.</summary>
    public sealed record RateLimited(TimeSpan RetryAfter) : RouteOutcome;

    /// <summary>Nothing is wrong, but it cannot be sent yet: no agent has taken the conversation. Nothing was sent, and it never counts against the upload.</summary>
    public sealed record NotYet(TimeSpan RetryAfter, string Why) : RouteOutcome;

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

    /// <summary>Genesys would drop a file of this type, or refuses it.</summary>
    TypeNotAllowed,
    Other,
}
