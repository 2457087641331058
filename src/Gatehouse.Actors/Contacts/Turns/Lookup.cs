namespace Gatehouse.Actors.Contacts;

/// <summary>Finds what a contact has sent before, first the oldest.</summary>
internal static class Lookup
{
    /// <summary>The upload that an unexpired idempotency key stands for, and the body that it must repeat.</summary>
    public static (UploadId First, Fingerprint Body)? ByKey(ContactRules rules, ContactState state, Fingerprint key, long now)
    {
        foreach (var item in state.Remembered)
        {
            if (item.Key == key && Retention.HasKey(rules, item.At, now)) return (item.First, item.Body);
        }
        foreach (var entry in state.Line)
        {
            if (entry.Key == key && Retention.HasKey(rules, entry.AdmittedAt, now)) return (entry.Id, entry.Body);
        }
        return null;
    }

    /// <summary>The upload that took the same bytes for the same conversation and route inside the retention.</summary>
    public static UploadId? ByContent(ContactRules rules, ContactState state, Fingerprint content, long now)
    {
        foreach (var item in state.Remembered)
        {
            if (item.Content == content && Retention.HasContent(rules, item.At, now)) return item.First;
        }
        foreach (var entry in state.Line)
        {
            if (entry.Content == content && Retention.HasContent(rules, entry.AdmittedAt, now)) return entry.Id;
        }
        return null;
    }
}
