namespace Gatehouse.Actors.Contacts;

internal static class PeekTurn
{
    public static ContactTurn Run(ContactRules rules, ContactState state, Peek command, long now)
    {
        var request = command.Request;
        // Its own Admit ran already; Admit's re-run has the answer.
        if (state.IndexOf(request.Id) >= 0 || state.Recall(request.Id) is not null) return state.Reply(ContactReply.Fresh.Instance);
        return state.Reply(Judgement.Of(rules, state, request, now) ?? ContactReply.Fresh.Instance);
    }
}
