namespace Gatehouse.Actors.Contacts;

internal static class PutOffTurn
{
    public static ContactTurn Run(ContactRules rules, ContactState state, PutOff command, long now)
    {
        // A claim whose lease is over may still be completed, as long as nobody claims anew.
        if (state.Head is not { Claim: null } head || head.Id != command.Id) return state.Reply(ContactReply.Void.Instance);
        var later = now + Math.Clamp(Moment.Of(command.Delay), 0, Moment.Of(rules.MaxBackOff));
        // A wait of its own that is not over stays one, which a route that works does not end.
        var next = state.WithHead(head with { NotBefore = later, WaitsForRoute = head.WaitsForRoute || head.NotBefore <= now });
        return next.Reply(new ContactReply.NotBefore(Moment.Of(later)));
    }
}
