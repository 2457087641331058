namespace Gatehouse.Actors.Contacts;

/// <summary>An upload that left the line (or was a duplicate that brought a key), for as long as it decides something. Each part has a time of its own.</summary>
/// <param name="At">When it was admitted: retentions count from here.</param>
/// <param name="Content">Known bytes, inside the dedupe retention.</param>
/// <param name="Key">A known idempotency key, inside its retention.</param>
/// <param name="Body">What the same key must repeat.</param>
/// <param name="DuplicateOf">It never had a place: it was answered with this first upload, and its key stands for that one.</param>
/// <param name="Ending">Its last Complete's answer.</param>
public sealed record Remembered(UploadId Id, long Sequence, long At, Fingerprint? Content, Fingerprint? Key, Fingerprint Body, UploadId? DuplicateOf, Answered? Ending)
{
    /// <summary>The upload that a repeat of these bytes or this key is answered with.</summary>
    public UploadId First => DuplicateOf ?? Id;

    /// <summary>A duplicate's key and nothing else.</summary>
    public bool IsRepeat => DuplicateOf is not null;

    /// <summary>This without what has run out; null when nothing is left.</summary>
    public Remembered? Fresh(ContactRules rules, long now, bool keepEnding)
    {
        var content = Content is not null && Retention.HasContent(rules, At, now) ? Content : null;
        var key = Key is not null && Retention.HasKey(rules, At, now) ? Key : null;
        var ending = Ending is not null && keepEnding && now < Ending.At + Retention.EndingMilliseconds ? Ending : null;
        if (content is null && key is null && ending is null) return null;
        return content == Content && key == Key && ReferenceEquals(ending, Ending) ? this : this with { Content = content, Key = key, Ending = ending };
    }
}
