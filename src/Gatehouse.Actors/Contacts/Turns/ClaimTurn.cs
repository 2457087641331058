using System.Text;

namespace Gatehouse.Actors.Contacts;

internal static class ClaimTurn
{
    public static ContactTurn Run(ContactRules rules, ContactState state, ClaimRequest request, long now)
    {
        if (state.Head is not { } head) return state.Reply(ContactReply.NothingWaiting.Instance);
        if (head.Claim is { } held)
        {
            if (held.Attempt == request.Attempt) return state.Reply(Granted(head, held));
            var dead = request.SoleOwner && !string.Equals(held.Owner, request.Owner, StringComparison.Ordinal);
            if (held.LeaseUntil > now && !dead) return state.Reply(new ContactReply.NotBefore(Moment.Of(held.LeaseUntil)));
            head = head with { Claim = null, OutcomeUnknown = true };
        }
        else if (head.NotBefore > now && !(request.Early && head.WaitsForRoute))
        {
            return state.Reply(new ContactReply.NotBefore(Moment.Of(head.NotBefore)));
        }
        var (next, claimed) = Take(rules, state, head, request, now);
        return next.Reply(claimed, new UploadMoved(head.Id, UploadStatus.Delivering, head.Attempts, Moment.Of(now), null, null, null));
    }

    /// <summary>Gives the head to an attempt, under the next fence.</summary>
    public static (ContactState Next, ContactReply.Claimed Claimed) Take(ContactRules rules, ContactState state, LineEntry head, ClaimRequest request, long now)
    {
        if (Encoding.UTF8.GetByteCount(request.Owner) > HeldClaim.MaxOwnerBytes)
        {
            throw new ArgumentException($"An owner's id has at most {HeldClaim.MaxOwnerBytes} bytes.", nameof(request));
        }
        var claim = new HeldClaim(request.Attempt, request.Owner, state.NextFence, now + Moment.Of(rules.Lease));
        var claimed = head with { Claim = claim };
        return (state.WithHead(claimed) with { NextFence = state.NextFence + 1 }, Granted(claimed, claim));
    }

    public static ContactReply.Claimed Granted(LineEntry head, HeldClaim claim) =>
        new(head.Id, claim.Fence, Moment.Of(claim.LeaseUntil), head.Attempts, head.OutcomeUnknown);
}
