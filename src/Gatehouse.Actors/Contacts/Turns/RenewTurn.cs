namespace Gatehouse.Actors.Contacts;

internal static class RenewTurn
{
    /// <summary>A lease that ran out is renewed too, as long as nobody claimed since.</summary>
    public static ContactTurn Run(ContactRules rules, ContactState state, Renew command, long now)
    {
        if (state.Head is not { Claim: { } claim } head || head.Id != command.Id || claim.Fence != command.Fence) return state.Reply(ContactReply.Void.Instance);
        var leaseUntil = now + Moment.Of(rules.Lease);
        var next = leaseUntil == claim.LeaseUntil ? state : state.WithHead(head with { Claim = claim with { LeaseUntil = leaseUntil } });
        return next.Reply(new ContactReply.Renewed(Moment.Of(leaseUntil)));
    }
}
