namespace Gatehouse.Actors.Contacts;

internal static class KnockTurn
{
    public static ContactTurn Run(ContactRules rules, ContactState state, Knock command, long now)
    {
        if (Quotas.AttemptsUsedUp(rules, state, now)) return state.Reply(new ContactReply.OverQuota(Quotas.Attempts(rules, state, now)));
        // A repeat under its key costs nothing; whether it is one, the bytes will tell.
        if (command.IdempotencyKey is { } key && Lookup.ByKey(rules, state, key, now) is not null) return state.Reply(ContactReply.Welcome.Instance);
        // No file is shorter than a byte; Admit asks again with the true size.
        return state.Reply(Quotas.Refusal(rules, state, size: 1, now) is { } over ? new ContactReply.OverQuota(over) : ContactReply.Welcome.Instance);
    }
}
