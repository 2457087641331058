namespace Gatehouse.Actors.Contacts;

/// <summary>
/// An Admit that was applied already. The place it was given is told again, with the status that the upload has now; what lies ahead of it, and its claim while that stands, are as of now.
/// </summary>
internal static class AdmitAgain
{
    /// <summary>Null: this upload is new here.</summary>
    public static ContactReply? Reply(ContactState state, Admit command, long now)
    {
        var index = state.IndexOf(command.Request.Id);
        if (index >= 0)
        {
            var entry = state.Line[index];
            var row = Row(command, entry.Sequence, entry.Claim is null ? UploadStatus.Queued : UploadStatus.Delivering, entry.AdmittedAt) with { Attempts = entry.Attempts };
            var claimed = command.Claim is { } asked && entry.Claim?.Attempt == asked.Attempt ? ClaimTurn.Granted(entry, entry.Claim) : null;
            var headNotBefore = Moment.Of(state.HeadNotBefore(now));
            return new ContactReply.Admitted(row, index, headNotBefore, claimed);
        }
        return state.Recall(command.Request.Id) switch
        {
            null => null,
            { DuplicateOf: { } first } => new ContactReply.Duplicate(first),
            var ended => new ContactReply.Admitted(Row(command, ended.Sequence, ended.Ending?.Status ?? UploadStatus.Delivered, ended.At), 0, null, null),
        };
    }

    public static UploadRow Row(Admit command, long sequence, UploadStatus status, long at) =>
        command.Row with { Sequence = sequence, Status = status, CreatedAt = Moment.Of(at) };
}
