namespace Gatehouse.Actors.Contacts;

/// <summary>The limits that a contact's turns enforce.</summary>
public sealed record ContactRules
{
    /// <summary>Files taken in a window; a delivered, queued or duplicate-allowed upload counts, one that failed for good is given back.</summary>
    public long MaxFiles { get; init; } = 20;
    public long MaxBytes { get; init; } = 104_857_600;
    public TimeSpan Window { get; init; } = TimeSpan.FromHours(24);

    /// <summary>Uploads tried in an hour, refused ones included.</summary>
    public long MaxAttempts { get; init; } = 60;

    /// <summary>Unfinished uploads of one contact.</summary>
    public int MaxLine { get; init; } = 50;

    /// <summary>How long the same bytes are recognised; zero: not at all.</summary>
    public TimeSpan DedupeRetention { get; init; } = TimeSpan.FromHours(24);
    public TimeSpan IdempotencyRetention { get; init; } = TimeSpan.FromHours(24);

    /// <summary>A claim's lease; renewed at half of it.</summary>
    public TimeSpan Lease { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>Counted attempts that end an upload as failed.</summary>
    public int MaxDeliveryAttempts { get; init; } = 10;

    /// <summary>An upload ends as expired by a failed attempt made later than this after its admission.</summary>
    public TimeSpan GiveUpAfter { get; init; } = TimeSpan.FromHours(24);

    /// <summary>Back-offs are at most this long, so that a clock that jumped cannot strand an entry.</summary>
    public TimeSpan MaxBackOff { get; init; } = TimeSpan.FromMinutes(10);

    /// <summary>Most dedupe entries and most idempotency keys that a state keeps, each; the oldest go first. Bounds the state to a few KB.</summary>
    public int MaxRemembered { get; init; } = 128;
}
