using System.Diagnostics;
using Gatehouse.Actors;
using Gatehouse.Actors.Contacts;
using Gatehouse.Gateway.Configuration;
using Gatehouse.Gateway.Fields;
using Gatehouse.Gateway.Health;
using Gatehouse.Gateway.Problems;
using Gatehouse.Gateway.Scanning;

namespace Gatehouse.Gateway.Pipeline;

/// <summary>
/// Step 2: may this contact send a file now? As soon as the contact is known: here for header and query, from <see cref="Receive"/> when its field arrives. Reserves nothing durable;
/// takes one of the contact's receive slots, held until the request ends.
/// </summary>
public sealed class Knock(
    IActors<ContactCommand, ContactReply> contacts,
    ReceiveSlots slots,
    KeysInProgress keys,
    RouteChoice routes,
    Readiness readiness,
    UploadsUnderWay uploads,
    StoredBytesGuard stored,
    GatehouseOptions options,
    TimeProvider time,
    Scanner? scanner = null) : IUploadStep
{
    private static readonly TimeSpan BusyRetryAfter = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan SoonRetryAfter = TimeSpan.FromSeconds(5);

    public async ValueTask<Answer?> RunAsync(UploadInProgress upload, CancellationToken cancellationToken)
    {
        if (readiness.IsDraining) return new Problem(ProblemCodes.ShuttingDown) { RetryAfter = SoonRetryAfter };
        upload.UnderWay = uploads.Begin();
        if (stored.IsFull) return new Problem(ProblemCodes.Busy) { Detail = "The gateway holds as many stored bytes as Limits:MaxStoredBytes allows.", RetryAfter = BusyRetryAfter };
        if (scanner is { IsOpen: true }) return Problem.NoScanner(Scanner.RetryAfter);
        if (ReadHead(upload) is { } bad) return bad;
        if (routes.BeforeBody(upload) is { } cannot) return cannot;
        return Answer.Of(await AtDoorAsync(upload, cancellationToken));
    }

    /// <summary>From inside <see cref="Receive"/>, when the body names the contact; the time, a wait for a slot above all, is this step's.</summary>
    public async ValueTask<Problem?> FromBodyAsync(UploadInProgress upload, CancellationToken cancellationToken)
    {
        var began = Stopwatch.GetTimestamp();
        try
        {
            return await AtDoorAsync(upload, cancellationToken);
        }
        finally
        {
            upload.Clock.AddWithin(Step.Knock, began);
        }
    }

    /// <summary>As soon as the contact is known, once: idempotency key, slot, quotas.</summary>
    private async ValueTask<Problem?> AtDoorAsync(UploadInProgress upload, CancellationToken cancellationToken)
    {
        if (upload.Knocked || upload.ContactId is not { } contact) return null;
        upload.Knocked = true;
        if (upload.IdempotencyKey is { } key)
        {
            var fingerprint = Fingerprint.Of(upload.Caller!.Name, key);
            if (keys.TryHold(contact, fingerprint) is not { } held) return new Problem(ProblemCodes.InProgress) { Field = IdempotencyKey.Header };
            upload.KeyHeld = held;
            upload.KeyFingerprint = fingerprint;
        }
        if (await slots.TakeAsync(contact, cancellationToken) is not { } slot) return Problem.NoSlot(options.Quotas.MaxConcurrent, time.GetUtcNow(), SoonRetryAfter);
        upload.Slot = slot;
        var reply = await contacts.AskAsync(contact, new Actors.Contacts.Knock(upload.KeyFingerprint), cancellationToken: cancellationToken);
        return reply is ContactReply.OverQuota over ? Problem.OverQuota(over.Use, time.GetUtcNow()) : null;
    }

    private static Problem? ReadHead(UploadInProgress upload)
    {
        var request = upload.Http.Request;
        if (WaitPreference.Parse(request.Headers[WaitPreference.Header]).Failed(out var badWait, out var prefer)) return badWait;
        upload.Prefer = prefer;
        if (IdempotencyKey.Parse(request.Headers[IdempotencyKey.Header]).Failed(out var badKey, out var key)) return badKey;
        upload.IdempotencyKey = key;
        if (ContactChoice.BeforeBody(request).Failed(out var badContact, out var contact)) return badContact;
        upload.Contact = contact;
        return null;
    }
}
