using Gatehouse.Actors.Contacts;

namespace Gatehouse.Actors.Tests.Contacts;

/// <summary>What callers and senders do.</summary>
internal sealed partial class ContactWorld
{
    private void Admits(Move step)
    {
        var content = new Fingerprint((UInt128)(uint)(1 + step.Pick(9, 1)));
        // A body belongs to its content; a key is reused for other bodies now and then.
        var body = new Fingerprint(content.Value + 100);
        Fingerprint? key = step.Pick(3, 2) == 0 ? new Fingerprint((UInt128)(uint)(200 + step.Pick(6, 3))) : null;
        var request = new AdmitRequest(NextId(), 1 + step.Pick(600, 4), content, step.Pick(5, 5) == 0, key, body);
        var claim = step.Pick(2, 6) == 0 ? NewClaim(step) : null;
        if (step.Pick(2, 7) == 0 && Ask(new Peek(request), step) is not (null or ContactReply.Fresh) && Ask(new TurnAway(request), step) is not ContactReply.Fresh) return;
        var row = new UploadRow
        {
            Id = request.Id,
            ContactId = "c",
            Filename = "f",
            OriginalFilename = "f",
            Mime = "m",
            Size = request.Size,
            Sha256 = "s",
            Route = "r",
            CreatedAt = default,
        };
        Ask(new Admit(request, row, step.Pick(2, 8) == 0, claim), step);
    }

    private ClaimRequest NewClaim(Move step) => new(NextId(), $"node-{step.Who}", SoleOwner: step.Pick(6, 10) == 0, Early: step.Pick(3, 11) == 0);

    private void Claims(Move step) => Ask(new Claim(NewClaim(step)), step);

    private void Completes(Move step)
    {
        if (PickSender(step) is not { } sender) return;
        AttemptOutcome outcome = step.Pick(10, 20) switch
        {
            < 4 => new AttemptOutcome.Delivered("{}", null),
            4 => new AttemptOutcome.Failed("{}"),
            < 7 => new AttemptOutcome.Retry(TimeSpan.FromSeconds(step.Pick(400, 21)), Counted: true, "{}"),
            < 9 => new AttemptOutcome.Retry(TimeSpan.FromSeconds(step.Pick(400, 21)), Counted: false, "{}"),
            _ => new AttemptOutcome.HandedBack(),
        };
        Ask(new Complete(sender.Upload, sender.Fence, outcome), step);
    }

    private void Renews(Move step)
    {
        if (PickSender(step) is { } sender) Ask(new Renew(sender.Upload, sender.Fence), step);
    }

    private void PutsOff(Move step)
    {
        if (Unfinished().ElementAtOrDefault(step.Pick(4, 60) > 0 ? 0 : 1) is { } upload) Ask(new PutOff(upload.Request.Id, TimeSpan.FromSeconds(step.Pick(400, 61))), step);
    }

    private void Refuse(Move step) => Ask(new CountRefused(NextId()), step);

    private void Knocks(Move step) => Ask(new Knock(step.Pick(2, 30) == 0 ? new Fingerprint((UInt128)(uint)(200 + step.Pick(6, 31))) : null), step);

    /// <summary>A command comes again long after, with others between.</summary>
    private void Rerun(Move step)
    {
        if (_answered.Count == 0) return;
        var (command, reply) = _answered[step.Pick(_answered.Count, 40)];
        if (command is Claim or Renew) return;
        var again = _actor.Run(_state, command, Now);
        switch (reply)
        {
            // Delivered or not, as long as the upload is in the line or ended a moment ago.
            case ContactReply.Admitted admitted when StillKnown(admitted.Row.Id):
                Assert.Equal(admitted.Row.Sequence, Assert.IsType<ContactReply.Admitted>(again.Reply).Row.Sequence);
                Assert.Empty(again.Records);
                break;
            case ContactReply.Recorded recorded when IsLastOutcome((Complete)command):
                Assert.Equal(recorded, again.Reply);
                Assert.Empty(again.Records);
                break;
            case ContactReply.Void when command is Complete:
                Assert.IsType<ContactReply.Void>(again.Reply);
                Assert.Empty(again.Records);
                break;
            default: return;
        }
        Saw("late re-run");
    }

    /// <summary>The newest claims more often than the old ones, which must be void.</summary>
    private Sender? PickSender(Move step) =>
        _senders.Count == 0 ? null : _senders[step.Pick(4, 50) > 0 ? _senders.Count - 1 : step.Pick(_senders.Count, 51)];

    private bool StillKnown(UploadId id) => _state.IndexOf(id) >= 0 || _state.Recall(id) is not null;

    /// <summary>The entry's last answer stands until its next; a finished one's as long as it is remembered.</summary>
    private bool IsLastOutcome(Complete command) =>
        _uploads.First(upload => upload.Request.Id == command.Id).LastFence == command.Fence
        && (_state.IndexOf(command.Id) >= 0 || _state.Recall(command.Id)?.Ending is not null);

    /// <summary>Everything still in line is delivered, and then the actor wakes until it is forgotten: nothing is stranded, nothing is kept for ever.</summary>
    private void Drain()
    {
        for (var turns = 0; _state.Head is not null; turns++)
        {
            Assert.True(turns < 100, "The line does not drain.");
            var reply = Commit(new Claim(new ClaimRequest(NextId(), "drain", SoleOwner: false, Early: false)));
            if (reply is ContactReply.NotBefore)
            {
                var due = _actor.Wake(_state).DueAt!.Value.ToUnixTimeMilliseconds();
                Assert.InRange(due, _now + 1, _now + Ms(Rules.MaxBackOff));
                _now = due;
            }
            else
            {
                var claimed = Assert.IsType<ContactReply.Claimed>(reply);
                Commit(new Complete(claimed.Id, claimed.Fence, new AttemptOutcome.Delivered(null, null)));
            }
        }
        for (var turns = 0; !_actor.Wake(_state).Forget; turns++)
        {
            Assert.True(turns < 3, "The state is never blank.");
            _now = Math.Max(_now, _actor.Wake(_state).DueAt!.Value.ToUnixTimeMilliseconds());
            Commit(new Describe());
        }
        Saw("forgotten");
    }
}
