namespace Gatehouse.Actors.Contacts;

/// <summary>What Peek and Admit both say of a request, in this order: attempts, key, duplicate, line, files, bytes.</summary>
internal static class Judgement
{
    /// <summary>Null: it may be admitted.</summary>
    public static ContactReply? Of(ContactRules rules, ContactState state, AdmitRequest request, long now)
    {
        // One whose attempt is counted already is a re-run, not one more.
        if (!state.Turned.Contains(request.Id) && Quotas.AttemptsUsedUp(rules, state, now))
        {
            return new ContactReply.OverQuota(Quotas.Attempts(rules, state, now));
        }
        if (request.IdempotencyKey is { } key && Lookup.ByKey(rules, state, key, now) is { } known)
        {
            return known.Body == request.Body ? new ContactReply.Replayed(known.First) : ContactReply.KeyReused.Instance;
        }
        if (!request.AllowDuplicate && Lookup.ByContent(rules, state, request.Content, now) is { } first) return new ContactReply.Duplicate(first);
        return Quotas.Refusal(rules, state, request.Size, now) is { } over ? new ContactReply.OverQuota(over) : null;
    }
}
