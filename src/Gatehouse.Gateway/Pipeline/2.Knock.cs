using Gatehouse.Actors;
using Gatehouse.Actors.Contacts;
using Gatehouse.Gateway.Configuration;
using Gatehouse.Gateway.Fields;
using Gatehouse.Gateway.Health;
using Gatehouse.Gateway.Problems;

namespace Gatehouse.Gateway.Pipeline;

/// <summary>
/// Step 2: may this contact send a file now? As soon as the contact is known: here for header and query, from <see cref="Receive"/> when its field arrives. Reserves nothing durable;
/// takes one of the contact's receive slots, held until the request ends.
/// </summary>
public sealed class Knock(
    IActors<ContactCommand, ContactReply> contacts,
    ReceiveSlots slots,
    KeysInProgress keys,
    Readiness readiness,
    StoredBytesGuard stored,
    GatehouseOptions options,
    TimeProvider time) : IUploadStep
{
    private static readonly TimeSpan BusyRetryAfter = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan SlotRetryAfter = TimeSpan.FromSeconds(5);

    public async ValueTask<Answer?> RunAsync(UploadInProgress upload, CancellationToken cancellationToken)
    {
        if (readiness.IsDraining) return new Problem(ProblemCodes.ShuttingDown) { RetryAfter = SlotRetryAfter };
        if (stored.IsFull) return new Problem(ProblemCodes.Busy) { Detail = "The gateway holds as many undelivered bytes as Limits:MaxStoredBytes allows.", RetryAfter = BusyRetryAfter };

        if (ReadHeaders(upload) is { } bad) return bad;
        return upload.ContactId is null ? null : await AtDoorAsync(upload, cancellationToken);
    }

    /// <summary>The contact is known: idempotency key, slot, quotas.</summary>
    public async ValueTask<Problem?> AtDoorAsync(UploadInProgress upload, CancellationToken cancellationToken)
    {
        if (upload.Knocked) return null;
        upload.Knocked = true;
        var contact = upload.ContactId!;
        if (upload.IdempotencyKey is { } key)
        {
            upload.KeyFingerprint = Fingerprint.Of(upload.Caller!.Name, key);
            if (keys.TryHold(contact, upload.KeyFingerprint.Value) is not { } held) return new Problem(ProblemCodes.InProgress) { Field = "Idempotency-Key" };
            upload.Hold(held);
        }
        if (await slots.TakeAsync(contact, cancellationToken) is not { } slot) return Problem.NoSlot(options.Quotas.MaxConcurrent, SlotRetryAfter);
        upload.Hold(slot);
        return await contacts.AskAsync(contact, new Actors.Contacts.Knock(upload.KeyFingerprint), cancellationToken: cancellationToken) is ContactReply.OverQuota over
            ? Problem.OverQuota(over.Use, time.GetUtcNow())
            : null;
    }

    private static Problem? ReadHeaders(UploadInProgress upload)
    {
        if (Prefer.Read(upload.Http.Request.Headers, out var prefer) is { } badPrefer) return badPrefer;
        upload.Prefer = prefer;
        if (IdempotencyKeyHeader.Read(upload.Http.Request.Headers, out var key) is { } badKey) return badKey;
        upload.IdempotencyKey = key;
        if (ContactIds.ReadRequest(upload.Http.Request, out var contact) is { } badContact) return badContact;
        upload.ContactId = contact;
        return null;
    }
}
