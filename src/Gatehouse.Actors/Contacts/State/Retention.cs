namespace Gatehouse.Actors.Contacts;

/// <summary>How long things are remembered after an upload's admission.</summary>
internal static class Retention
{
    /// <summary>Answers of the last this many endings are kept; a contact has few senders, so a re-run comes within a few of them.</summary>
    public const int MaxEndings = 16;

    /// <summary>An answer is kept this long at most: re-runs come within seconds.</summary>
    public const long EndingMilliseconds = 3_600_000;

    /// <summary>Refused uploads and duplicates whose attempt is known to be counted.</summary>
    public const int MaxTurned = 8;

    public static bool HasContent(ContactRules rules, long at, long now) => now < at + Moment.Of(rules.DedupeRetention);

    public static bool HasKey(ContactRules rules, long at, long now) => now < at + Moment.Of(rules.IdempotencyRetention);
}
