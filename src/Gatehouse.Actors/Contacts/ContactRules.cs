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

    /// <summary>No head is due later than this from now, whatever it waits for.</summary>
    public TimeSpan LongestWait => MaxBackOff > Lease ? MaxBackOff : Lease;

    /// <summary>Most uploads and most keys of their repeats that a state keeps, each; the oldest go first. Bounds the state to a few KB.</summary>
    public int MaxRemembered { get; init; } = 128;

    /// <summary>Attempts are counted over an hour.</summary>
    public static readonly TimeSpan AttemptsWindow = TimeSpan.FromHours(1);

    internal static readonly long AttemptsWidth = RollingCount.WidthOf(AttemptsWindow);

    /// <summary>No rule's time is longer: ten years.</summary>
    public static readonly TimeSpan MostTime = TimeSpan.FromDays(3653);

    /// <summary>Stops a start with rules that a state could not keep: <see cref="InvalidOperationException"/> with a sentence.</summary>
    public void Validate()
    {
        Check(MaxFiles >= 0 && MaxBytes >= 0 && MaxAttempts >= 0, "Quotas cannot be negative.");
        Check(Window > TimeSpan.Zero && Lease > TimeSpan.Zero, "The quotas' window and a claim's lease are longer than nothing.");
        Check(MaxLine is >= 1 and <= 1000, "A contact's line holds 1 to 1000 uploads.");
        Check(MaxRemembered is >= 16 and <= 4096, "A contact remembers 16 to 4096 uploads.");
        Check(DedupeRetention >= TimeSpan.Zero && IdempotencyRetention >= TimeSpan.Zero && GiveUpAfter >= TimeSpan.Zero && MaxBackOff >= TimeSpan.Zero, "Retentions and waits cannot be negative.");
        Check(MaxDeliveryAttempts >= 1, "An upload has at least one attempt.");
        Check(Longest() <= MostTime, "No rule's time is longer than ten years.");

        static void Check(bool holds, string rule)
        {
            if (!holds) throw new InvalidOperationException(rule);
        }
    }

    private TimeSpan Longest()
    {
        var longest = Window;
        foreach (var time in (ReadOnlySpan<TimeSpan>)[DedupeRetention, IdempotencyRetention, Lease, GiveUpAfter, MaxBackOff])
        {
            if (time > longest) longest = time;
        }
        return longest;
    }
}
