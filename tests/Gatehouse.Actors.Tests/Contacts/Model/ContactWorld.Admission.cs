using Gatehouse.Actors.Contacts;

namespace Gatehouse.Actors.Tests.Contacts;

/// <summary>Who must be let in and who must not, by the full history.</summary>
internal sealed partial class ContactWorld
{
    private readonly List<(Fingerprint Key, Fingerprint Body, UploadId First, long At)> _keys = [];
    private readonly Dictionary<UploadId, long> _attempts = [];

    private void CountAttempt(UploadId id) => _attempts.TryAdd(id, _now);

    private void JudgeAdmission(AdmitRequest request, ContactReply reply)
    {
        var first = reply switch { ContactReply.Duplicate duplicate => duplicate.First, ContactReply.Replayed replayed => replayed.First, _ => (UploadId?)null };
        if (first is { } id) Assert.False(_uploads.Single(upload => upload.Request.Id == id).GivenBack, "A failed upload was offered as the first.");
        if (reply is ContactReply.Duplicate same) Assert.Equal(request.Content, _uploads.Single(upload => upload.Request.Id == same.First).Request.Content);
        // A clock that went back may keep what it counted longer than the true history says, never shorter.
        if (!_monotonic) return;

        var used = Usage(_now - Ms(Rules.Window));
        var known = _keys.Where(one => one.Key == request.IdempotencyKey && _now < one.At + Ms(Rules.IdempotencyRetention)).ToList();
        var twin = !request.AllowDuplicate && _uploads.Exists(upload =>
            upload.Request.Content == request.Content && !upload.GivenBack && _now < upload.TrueAdmittedAt + Ms(Rules.DedupeRetention));
        if (reply is ContactReply.Admitted or ContactReply.Fresh)
        {
            Assert.True(used.Files + 1 <= Rules.MaxFiles, "Too many files in a window.");
            Assert.True(used.Bytes + request.Size <= Rules.MaxBytes, "Too many bytes in a window.");
            Assert.True(Attempts(_now - Ms(ContactRules.AttemptsWindow)) < Rules.MaxAttempts, "Too many attempts in an hour.");
            Assert.True(Unfinished().Count() < Rules.MaxLine, "The line is too long.");
            Assert.False(twin, "The same bytes would be sent twice.");
            Assert.Empty(known);
            return;
        }
        if (reply is ContactReply.OverQuota over)
        {
            Assert.True(over.Use.ResetsAt > Now);
            // By the widest that counters may count, one of theirs more than the window.
            var most = Usage(_now - (24 * RollingCount.WidthOf(Rules.Window)));
            Assert.True(over.Use.Quota switch
            {
                "files" => most.Files + 1 > Rules.MaxFiles,
                "bytes" => most.Bytes + request.Size > Rules.MaxBytes,
                "attempts" => Attempts(_now - (24 * RollingCount.WidthOf(ContactRules.AttemptsWindow))) >= Rules.MaxAttempts,
                _ => Unfinished().Count() == Rules.MaxLine,
            }, $"Refused for {over.Use.Quota} without need.");
            return;
        }
        if (reply is ContactReply.KeyReused) Assert.Contains(known, one => one.Body != request.Body);
        if (reply is ContactReply.Replayed) Assert.Contains(known, one => one.Body == request.Body && one.First == first);
        if (reply is ContactReply.Duplicate) Assert.True(twin, "Called a duplicate, and is none.");
    }

    private (long Files, long Bytes) Usage(long after)
    {
        var counted = _uploads.Where(upload => upload.TrueAdmittedAt > after && !upload.GivenBack).ToList();
        return (counted.Count, counted.Sum(upload => upload.Request.Size));
    }

    private int Attempts(long after) => _attempts.Values.Count(at => at > after);

    private static bool Promises(ContactReply reply) => reply is ContactReply.Admitted or ContactReply.Claimed or ContactReply.Recorded or ContactReply.Duplicate or ContactReply.Replayed or ContactReply.Void;

}
