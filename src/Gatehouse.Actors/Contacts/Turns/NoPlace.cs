namespace Gatehouse.Actors.Contacts;

/// <summary>No place in the line, but an attempt; a duplicate's key stands for the first upload from now on.</summary>
internal static class NoPlace
{
    public static ContactTurn Turn(ContactRules rules, ContactState state, AdmitRequest request, ContactReply reply, long now)
    {
        if (reply is ContactReply.OverQuota { Use.Quota: Quotas.AttemptsName }) return state.Reply(reply);
        var next = state.WithTurned(request.Id, now);
        if (reply is ContactReply.Duplicate duplicate && request.IdempotencyKey is { } key)
        {
            var alias = new Remembered(request.Id, 0, now, Content: null, key, request.Body, duplicate.First, Ending: null);
            next = next with { Remembered = next.Remembered.Remember(alias, rules, now) };
        }
        return next.Reply(reply);
    }
}
