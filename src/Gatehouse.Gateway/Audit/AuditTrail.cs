using Gatehouse.Gateway.Pipeline;

namespace Gatehouse.Gateway.Audit;

/// <summary>One record for every request whose file the gateway had before it: at its admission, or where it ends without one. A delivery's end is not the audit's: the upload's row has it.</summary>
/// <param name="log">Null: <c>Audit:RetentionDays</c> is 0.</param>
public sealed class AuditTrail(AuditLog? log, TimeProvider time)
{
    /// <summary>Durable, or known to be a repeat: from here on nothing changes what is told, however long the delivery takes.</summary>
    public void Admitted(UploadInProgress upload) => Add(upload, answer: null);

    /// <param name="answer">Null: the client hung up.</param>
    public void Ended(UploadInProgress upload, Answer? answer) => Add(upload, answer);

    private void Add(UploadInProgress upload, Answer? answer)
    {
        if (upload.Audited || !AuditRecord.IsDue(upload, answer)) return;
        upload.Audited = true;
        log?.Add(AuditRecord.Of(upload, answer, time.GetUtcNow()));
    }
}
