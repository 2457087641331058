namespace Gatehouse.Gateway.Problems;

/// <summary>
/// A refusal as its caller gets it: RFC 9457 with the contract's members. Members that are null are left out.
/// </summary>
/// <param name="Code">Which kind.</param>
public sealed partial record Problem(ProblemCode Code)
{
    /// <summary>One plain sentence: what happened and what to do.</summary>
    public string Error { get; init; } = Code.Error;

    /// <summary>What exactly, and where; for developers. Null: what the code says of itself.</summary>
    public string? Detail { get; init; }

    /// <summary>The field or header that is meant.</summary>
    public string? Field { get; init; }

    public long? LimitBytes { get; init; }

    /// <summary>Whose limit: <c>gatehouse</c> or <c>genesys</c>.</summary>
    public string? LimitBy { get; init; }

    public long? FileSizeBytes { get; init; }

    public string? DetectedMime { get; init; }

    public IReadOnlyList<string>? AllowedMimes { get; init; }

    /// <summary>Why the content is refused.</summary>
    public string? Reason { get; init; }

    /// <summary><c>files</c>, <c>bytes</c>, <c>attempts</c>, <c>concurrent</c> or <c>line</c>.</summary>
    public string? Quota { get; init; }

    public long? Limit { get; init; }

    public long? Used { get; init; }

    public DateTimeOffset? ResetsAt { get; init; }

    public int? GenesysStatus { get; init; }

    public string? GenesysCode { get; init; }

    public string? CorrelationId { get; init; }

    /// <summary>Goes out as a header only, in whole seconds, rounded up.</summary>
    public TimeSpan? RetryAfter { get; init; }

    /// <summary>Of a 401 or 403: goes out as <c>WWW-Authenticate</c> only.</summary>
    public string? Challenge { get; init; }
}
