namespace Gatehouse.Actors.Contacts;

internal static class DescribeTurn
{
    public static ContactTurn Run(ContactRules rules, ContactState state, long now)
    {
        var next = state.Pruned(rules, now);
        return next.Reply(new ContactReply.Description(
            next.Line.Length,
            Moment.Of(next.HeadNotBefore(now)),
            next.Head?.Claim is { } claim && claim.LeaseUntil > now,
            Quotas.Files(rules, next, now),
            Quotas.Bytes(rules, next, now),
            Quotas.Attempts(rules, next, now),
            next.Head?.Id));
    }
}
