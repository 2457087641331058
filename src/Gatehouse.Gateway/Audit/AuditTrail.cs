using Gatehouse.Gateway.Pipeline;

namespace Gatehouse.Gateway.Audit;

/// <summary>One record for every request whose file the gateway had before it: at its admission, or where it ends without one. A delivery's end is not the audit's: the upload's row has it.</summary>
/// <param name="log">Null: <c>Audit:RetentionDays</c> is 0.</param>
public sealed class AuditTrail(AuditLog? log, TimeProvider time)
{
    /// <summary>Durable, or known to be a repeat: from here on nothing changes what is told, however long the delivery takes.</summary>
    public void Admitted(UploadInProgress upload) => Add(upload, answer: null);

    /// <param name="answer">Null: the client hung up.</param>
    /// <returns>The record; null: there is none to make, or it was made at the admission.</returns>
    public AuditRecord? Ended(UploadInProgress upload, Answer? answer) => Add(upload, answer);

    private AuditRecord? Add(UploadInProgress upload, Answer? answer)
    {
        if (upload.Audited || !AuditRecord.IsDue(upload, answer)) return null;
        upload.Audited = true;
        var record = AuditRecord.Of(upload, answer, time.GetUtcNow());
        log?.Add(record);
        return record;
    }
}
