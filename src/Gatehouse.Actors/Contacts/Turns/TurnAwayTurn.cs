namespace Gatehouse.Actors.Contacts;

internal static class TurnAwayTurn
{
    public static ContactTurn Run(ContactRules rules, ContactState state, TurnAway command, long now)
    {
        var request = command.Request;
        // A re-run: the first one left the key behind.
        if (state.Recall(request.Id) is { DuplicateOf: { } first }) return state.Reply(new ContactReply.Duplicate(first));
        return Judgement.Of(rules, state, request, now) is { } instead ? NoPlace.Turn(rules, state, request, instead, now) : state.Reply(ContactReply.Fresh.Instance);
    }
}
