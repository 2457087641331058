namespace Gatehouse.Actors.Contacts;

internal static class CompleteTurn
{
    public static ContactTurn Run(ContactRules rules, ContactState state, Complete command, long now)
    {
        var index = state.IndexOf(command.Id);
        var answered = index >= 0 ? state.Line[index].LastAnswer : state.Recall(command.Id)?.Ending;
        if (answered?.Fence == command.Fence) return state.Reply(answered.Reply);
        // Only the head is ever claimed; its lease may have run out, but no newer fence exists.
        if (index != 0 || state.Line[0] is not { Claim: { } claim } head || claim.Fence != command.Fence) return state.Reply(ContactReply.Void.Instance);

        head = command.Outcome is AttemptOutcome.HandedBack
            ? head with { Claim = null }
            : head with { Claim = null, Attempts = head.Attempts + 1 };
        return command.Outcome switch
        {
            AttemptOutcome.Delivered delivered => Ending.Delivered(rules, state, head, command.Fence, delivered, now),
            AttemptOutcome.Failed failed => Ending.GivenUp(rules, state, head, command.Fence, UploadStatus.Failed, failed.Error, now),
            AttemptOutcome.Retry retry => Retry(rules, state, head, command.Fence, retry, now),
            AttemptOutcome.HandedBack => Queue(state, head with { NotBefore = now }, command.Fence, error: null, now),
            _ => throw new ArgumentException($"No such outcome: {command.Outcome.GetType().Name}.", nameof(command)),
        };
    }

    private static ContactTurn Retry(ContactRules rules, ContactState state, LineEntry head, long fence, AttemptOutcome.Retry retry, long now)
    {
        if (retry.Counted) head = head with { CountedAttempts = head.CountedAttempts + 1 };
        if (head.CountedAttempts >= rules.MaxDeliveryAttempts) return Ending.GivenUp(rules, state, head, fence, UploadStatus.Failed, retry.Error, now);
        if (now >= head.AdmittedAt + Moment.Of(rules.GiveUpAfter)) return Ending.GivenUp(rules, state, head, fence, UploadStatus.Expired, retry.Error, now);
        var delay = Math.Clamp(Moment.Of(retry.Delay), 0, Moment.Of(rules.MaxBackOff));
        return Queue(state, head with { NotBefore = now + delay, WaitsForRoute = !retry.Counted && !retry.WaitsOut }, fence, retry.Error, now);
    }

    private static ContactTurn Queue(ContactState state, LineEntry head, long fence, string? error, long now)
    {
        var answer = new Answered(fence, UploadStatus.Queued, state.Line.Length, head.NotBefore > now ? head.NotBefore : null, now);
        return state.WithHead(head with { LastAnswer = answer })
            .Reply(answer.Reply, new UploadMoved(head.Id, UploadStatus.Queued, head.Attempts, Moment.Of(now), null, null, error));
    }
}
