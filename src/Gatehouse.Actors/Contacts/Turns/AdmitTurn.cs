namespace Gatehouse.Actors.Contacts;

internal static class AdmitTurn
{
    public static ContactTurn Run(ContactRules rules, ContactState state, Admit command, long now)
    {
        if (AdmitAgain.Reply(state, command, now) is { } had) return state.Reply(had);
        return Judgement.Of(rules, state, command.Request, now) is { } instead
            ? NoPlace.Turn(rules, state, command.Request, instead, now)
            : Take(rules, state.Pruned(rules, now), command, now);
    }

    private static ContactTurn Take(ContactRules rules, ContactState state, Admit command, long now)
    {
        var request = command.Request;
        var window = RollingCount.WidthOf(rules.Window);
        var files = state.Files.Add(now, window, 1, out var counter);
        // At least the clock: a contact that was forgotten goes on above the rows that are still there of it.
        var sequence = Math.Max(state.NextSequence, now);
        var entry = new LineEntry
        {
            Id = request.Id,
            Sequence = sequence,
            Size = request.Size,
            AdmittedAt = now,
            CountedIn = counter,
            Content = request.Content,
            Key = request.IdempotencyKey,
            Body = request.Body,
            NotBefore = now,
        };
        var next = state with
        {
            Line = state.Line.Add(entry),
            Files = files,
            Bytes = state.Bytes.Add(now, window, request.Size, out _),
            Attempts = state.Turned.Contains(request.Id) ? state.Attempts : state.Attempts.Add(now, ContactRules.AttemptsWidth, 1, out _),
            NextSequence = sequence + 1,
        };
        ContactReply.Claimed? claimed = null;
        if (command.Claim is { } claim && state.Line.Length == 0) (next, claimed) = ClaimTurn.Take(rules, next, entry, claim, now);

        var row = AdmitAgain.Row(command, entry.Sequence, claimed is null ? UploadStatus.Queued : UploadStatus.Delivering, entry.AdmittedAt);
        var reply = new ContactReply.Admitted(row, state.Line.Length, Moment.Of(state.HeadNotBefore(now)), claimed);
        return command.SmallFile ? next.Reply(reply, new UploadAdded(row), new FileKept(request.Id)) : next.Reply(reply, new UploadAdded(row));
    }
}
