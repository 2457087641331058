using System.Collections.Immutable;

namespace Gatehouse.Actors.Contacts;

/// <summary>The head leaves the line for good.</summary>
internal static class Ending
{
    /// <summary>Its bytes and key are known from now on; its file may go, unless a link to it was handed out.</summary>
    public static ContactTurn Delivered(ContactRules rules, ContactState state, LineEntry head, long fence, AttemptOutcome.Delivered outcome, long now)
    {
        var (next, answer) = Leave(rules, state, state.Remembered, head, fence, UploadStatus.Delivered, now);
        var moved = new UploadMoved(head.Id, UploadStatus.Delivered, head.Attempts, Moment.Of(now), outcome.GenesysContactId, outcome.Result, null, outcome.FileUntil);
        return outcome.FileUntil is null ? next.Reply(answer.Reply, moved, new FileDropped(head.Id, head.Size)) : next.Reply(answer.Reply, moved);
    }

    /// <summary>It costs no quota and stands in no later upload's way; its file is kept for a retry by hand.</summary>
    public static ContactTurn GivenUp(ContactRules rules, ContactState state, LineEntry head, long fence, UploadStatus status, string error, long now)
    {
        var others = state.Remembered.RemoveAll(item => item.DuplicateOf == head.Id);
        var (next, answer) = Leave(rules, state.GivenBack(head), others, head, fence, status, now);
        return next.Reply(answer.Reply, new UploadMoved(head.Id, status, head.Attempts, Moment.Of(now), null, null, error));
    }

    private static (ContactState Next, Answered Answer) Leave(
        ContactRules rules, ContactState state, ImmutableArray<Remembered> remembered, LineEntry head, long fence, UploadStatus status, long now)
    {
        var next = state with { Line = state.Line.RemoveAt(0) };
        var answer = new Answered(fence, status, next.Line.Length, next.HeadNotBefore(now), now);
        var known = status == UploadStatus.Delivered;
        var ended = new Remembered(head.Id, head.Sequence, head.AdmittedAt, known ? head.Content : null, known ? head.Key : null, head.Body, DuplicateOf: null, answer);
        return (next with { Remembered = remembered.Remember(ended, rules, now) }, answer);
    }
}
