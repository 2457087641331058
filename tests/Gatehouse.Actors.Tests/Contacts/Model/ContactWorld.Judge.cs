using Gatehouse.Actors.Contacts;

namespace Gatehouse.Actors.Tests.Contacts;

/// <summary>What the model says to every reply before it is committed.</summary>
internal sealed partial class ContactWorld
{
    private void Judge(ContactCommand command, ContactReply reply, IReadOnlyList<Record> records)
    {
        Saw($"{command.GetType().Name}: {reply.GetType().Name}");
        if (RequestOf(command) is { } request) JudgeAdmission(request, reply);
        switch (command)
        {
            case Admit admitted: Admitted(admitted, reply, records); break;
            case TurnAway away: TurnedAway(away.Request, reply, records); break;
            case Claim claim: Claimed(claim.Request, reply, records); break;
            case Renew renew: Renewed(renew, reply); break;
            case Complete complete: Completed(complete, reply, records); break;
            case CountRefused refused: CountAttempt(refused.Id); break;
            default: Assert.Empty(records); break;
        }
    }

    private static AdmitRequest? RequestOf(ContactCommand command) => command switch
    {
        Admit admit => admit.Request,
        Peek peek => peek.Request,
        TurnAway away => away.Request,
        _ => null,
    };

    private void TurnedAway(AdmitRequest request, ContactReply reply, IReadOnlyList<Record> records)
    {
        Assert.Empty(records);
        if (reply is ContactReply.Fresh) return;
        if (reply is not ContactReply.OverQuota { Use.Quota: "attempts" }) CountAttempt(request.Id);
        if (reply is ContactReply.Duplicate duplicate && request.IdempotencyKey is { } key) _keys.Add((key, request.Body, duplicate.First, _now));
    }

    private void Admitted(Admit command, ContactReply reply, IReadOnlyList<Record> records)
    {
        if (reply is not ContactReply.Admitted admitted)
        {
            TurnedAway(command.Request, reply, records);
            return;
        }
        CountAttempt(command.Request.Id);
        Assert.Equal(Unfinished().Count(), admitted.Ahead);
        Assert.Equal(Now, admitted.Row.CreatedAt);
        if (_uploads.Count > 0) Assert.True(admitted.Row.Sequence > _uploads[^1].Sequence);
        Assert.Equal(admitted.Row, Assert.IsType<UploadAdded>(records[0]).Row);
        Assert.Equal(command.SmallFile, records.Any(record => record is FileKept));
        var upload = new Upload { Request = command.Request, Sequence = admitted.Row.Sequence, TrueAdmittedAt = _now, AdmittedAt = _now };
        if (command.Request.IdempotencyKey is { } own) _keys.Add((own, command.Request.Body, command.Request.Id, _now));
        var wasEmpty = !Unfinished().Any();
        _uploads.Add(upload);
        Assert.Equal(wasEmpty && command.Claim is not null, admitted.Claim is not null);
        if (admitted.Claim is { } claimed) Claimed(command.Claim!, claimed, null);
        Assert.Equal(upload.Status, admitted.Row.Status);
    }

    private void Claimed(ClaimRequest request, ContactReply reply, IReadOnlyList<Record>? records)
    {
        var head = Unfinished().FirstOrDefault();
        switch (reply)
        {
            case ContactReply.NothingWaiting: Assert.Null(head); break;
            case ContactReply.NotBefore later: Assert.InRange(later.At, Now.AddTicks(1), Now + Rules.MaxBackOff); break;
            case ContactReply.Claimed claimed:
                Assert.Equal(head!.Request.Id, claimed.Id);
                Assert.True(claimed.Fence > _lastFence, "A fence went back.");
                _lastFence = claimed.Fence;
                foreach (var other in _senders.Where(other => other.Standing && other.Upload == head.Request.Id))
                {
                    Assert.True(other.LeaseUntil <= _now || (request.SoleOwner && !string.Equals(other.Owner, request.Owner, StringComparison.Ordinal)), "Two live claims.");
                    other.Standing = false;
                    head.OutcomeUnknown = true;
                }
                Assert.DoesNotContain(_senders, other => other.Standing);
                Assert.Equal(head.OutcomeUnknown, claimed.OutcomeUnknown);
                Assert.Equal(head.Attempts, claimed.Attempts);
                Assert.Equal(Now + Rules.Lease, claimed.LeaseUntil);
                head.Status = UploadStatus.Delivering;
                if (records is not null) Assert.Equal(UploadStatus.Delivering, Assert.IsType<UploadMoved>(Assert.Single(records)).Status);
                _senders.Add(new Sender { Upload = claimed.Id, Fence = claimed.Fence, Owner = request.Owner, Request = request, LeaseUntil = _now + Ms(Rules.Lease) });
                break;
            default: Assert.Fail($"A claim was answered {reply}."); break;
        }
    }

    private void Renewed(Renew command, ContactReply reply)
    {
        var sender = _senders.First(one => one.Upload == command.Id && one.Fence == command.Fence);
        Assert.Equal(sender.Standing, reply is ContactReply.Renewed);
        if (sender.Standing) sender.LeaseUntil = _now + Ms(Rules.Lease);
    }

    private void Completed(Complete command, ContactReply reply, IReadOnlyList<Record> records)
    {
        var sender = _senders.First(one => one.Upload == command.Id && one.Fence == command.Fence);
        var upload = _uploads.First(one => one.Request.Id == command.Id);
        if (!sender.Standing)
        {
            // Completed before: the answer it had or, past its keeping, Void. Superseded: Void. Nothing is written either way.
            Assert.Empty(records);
            return;
        }
        var recorded = Assert.IsType<ContactReply.Recorded>(reply);
        sender.Standing = false;
        if (command.Outcome is not AttemptOutcome.HandedBack) upload.Attempts++;
        if (command.Outcome is AttemptOutcome.Retry { Counted: true }) upload.Counted++;
        var late = _now >= upload.AdmittedAt + Ms(Rules.GiveUpAfter);
        var expected = command.Outcome switch
        {
            AttemptOutcome.Delivered => UploadStatus.Delivered,
            AttemptOutcome.Failed => UploadStatus.Failed,
            AttemptOutcome.Retry when upload.Counted >= Rules.MaxDeliveryAttempts => UploadStatus.Failed,
            AttemptOutcome.Retry when late => UploadStatus.Expired,
            _ => UploadStatus.Queued,
        };
        Assert.Equal(expected, recorded.Status);
        upload.Status = expected;
        upload.LastFence = command.Fence;
        Saw($"upload {expected}");
        if (upload.GivenBack) _keys.RemoveAll(one => one.First == upload.Request.Id);
        Assert.Equal(Unfinished().Count(), recorded.Waiting);
        var moved = Assert.IsType<UploadMoved>(records[0]);
        Assert.Equal((upload.Request.Id, expected, upload.Attempts), (moved.Id, moved.Status, moved.Attempts));
        Assert.Equal(expected == UploadStatus.Delivered, records.Any(record => record is FileDropped));
    }

    private IEnumerable<Upload> Unfinished() => _uploads.Where(upload => !upload.Status.IsFinal());

    private void CheckState()
    {
        Assert.Equal(Unfinished().Select(upload => upload.Request.Id), _state.Line.Select(entry => entry.Id));
        foreach (var item in _state.Line.Skip(1)) Assert.Null(item.Claim);
    }
}
