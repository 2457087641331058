using System.Buffers;
using System.Diagnostics;
using Gatehouse.Actors;
using Gatehouse.Actors.Contacts;
using Gatehouse.Gateway.Audit;
using Gatehouse.Gateway.Delivery;
using Gatehouse.Gateway.Problems;
using Gatehouse.Genesys;
using Gatehouse.Inspection;

namespace Gatehouse.Gateway.Pipeline;

/// <summary>
/// Step 5: the upload becomes durable, bytes and entry, before its first attempt and before anyone is told of it. A large file's duplicate is looked for before its bytes are kept; a small file's bytes may go in
/// the turn's own commit (<see cref="FilePlaces"/>). With a permit at hand and an empty line, the same turn claims.
/// </summary>
public sealed class Admit(
    IActors<ContactCommand, ContactReply> contacts,
    IBlobStore blobs,
    ITokenGate gate,
    Deliveries deliveries,
    Outcomes outcomes,
    AttemptNotes notes,
    FilePlaces places,
    Node node,
    AuditTrail audit,
    TimeProvider time) : IUploadStep
{
    public async ValueTask<Answer?> RunAsync(UploadInProgress upload, CancellationToken cancellationToken)
    {
        var request = RequestOf(upload);
        var withTurn = places.GoesWithTurn(upload.Size);
        if (upload.Size > FilePlaces.SmallFileBytes)
        {
            var peeked = await contacts.AskAsync(upload.ContactId!, new Peek(request), cancellationToken: cancellationToken);
            // Settled without its bytes, unless the contact lets it in after all by now.
            if (peeked is not ContactReply.Fresh) peeked = await contacts.AskAsync(upload.ContactId!, new TurnAway(request), cancellationToken: cancellationToken);
            if (peeked is not ContactReply.Fresh) return Settle(upload, peeked);
        }
        if (!withTurn) await blobs.PutAsync(upload.Id, upload.File!, cancellationToken);

        upload.Watch = outcomes.Begin(upload.Id, upload.ContactId!, first: true);
        notes.Expect(upload.Id);
        upload.ClaimAskedAt = time.GetTimestamp();
        upload.Place = upload.Route!.Health.IsOpen ? null : deliveries.TryTakePlace(upload.ContactId!, upload.Route.Health);
        upload.Permit = upload.Place is null ? null : upload.Route.Route.CallsApi ? gate.TryTake() : Permit.None;
        var claim = upload.Permit is null ? null : new ClaimRequest(upload.Id, node.Id, node.SoleOwner, Early: false);
        upload.File!.TryGetMemory(out var memory);
        // From here on the caller may hang up: the turn is not cancelled, as its outcome must be known.
        ContactReply? admission = null;
        try
        {
            admission = await contacts.AskAsync(upload.ContactId!, new Actors.Contacts.Admit(request, RowOf(upload), withTurn, claim), withTurn ? memory : ReadOnlySequence<byte>.Empty, CancellationToken.None);
        }
        finally
        {
            if (admission is not ContactReply.Admitted { Claim: not null })
            {
                upload.Place?.Dispose();
                if (upload.Permit is { } unused && upload.Route.Route.CallsApi) gate.Return(unused, upload.ClaimAskedAt);
            }
        }
        if (admission is not ContactReply.Admitted && !withTurn) await DropAsync(upload.Id);
        return Settle(upload, admission);
    }

    /// <summary>The answer is known by now, and stands whether the bytes go at once or with the sweep of orphans.</summary>
    private async ValueTask DropAsync(UploadId id)
    {
        try
        {
            await blobs.DeleteAsync(id, CancellationToken.None);
        }
        catch (StoreUnavailableException)
        {
            // An orphan.
        }
    }

    /// <summary>Admitted: on to the delivery. A duplicate or a repeat: the answer is about the first, which may still be under way.</summary>
    private Answer? Settle(UploadInProgress upload, ContactReply reply)
    {
        upload.Admission = reply;
        // Known to the contact by now: a repeat gets the upload's state instead of a 409.
        upload.KeyHeld?.Dispose();
        switch (reply)
        {
            case ContactReply.Admitted:
                upload.Standing = Standing.First;
                audit.Admitted(upload);
                return null;
            case ContactReply.Duplicate duplicate:
                return Follow(upload, duplicate.First, Standing.Duplicate);
            case ContactReply.Replayed replayed:
                return Follow(upload, replayed.First, Standing.Replayed);
            case ContactReply.KeyReused:
                return new Problem(ProblemCodes.IdempotencyKeyReused) { Field = "Idempotency-Key" };
            case ContactReply.OverQuota over:
                return Problem.OverQuota(over.Use, time.GetUtcNow());
            default:
                throw new UnreachableException($"A contact answered Admit with {reply.GetType().Name}.");
        }
    }

    private Answer? Follow(UploadInProgress upload, UploadId first, Standing standing)
    {
        upload.Standing = standing;
        upload.Watch?.Dispose();
        notes.Take(upload.Id);
        upload.Watch = outcomes.Begin(first, upload.ContactId!, first: false);
        audit.Admitted(upload);
        return null;
    }

    private static AdmitRequest RequestOf(UploadInProgress upload) => new(
        upload.Id,
        upload.Size,
        Fingerprint.Of(upload.Fields.ConversationId, upload.Route!.Route.Name, upload.Sha256),
        upload.Fields.AllowDuplicate,
        upload.KeyFingerprint,
        Fingerprint.Of(upload.Sha256, upload.Fields.ConversationId));

    private UploadRow RowOf(UploadInProgress upload)
    {
        var accepted = (Verdict.Accept)upload.Verdict!;
        return new UploadRow
        {
            Id = upload.Id,
            ContactId = upload.ContactId!,
            ConversationId = upload.Fields.ConversationId,
            SenderId = upload.SenderId,
            Filename = upload.Filename!,
            OriginalFilename = upload.OriginalFilename!,
            Mime = accepted.Mime,
            Charset = accepted.Charset,
            Flags = accepted.Flags,
            Size = upload.Size,
            Sha256 = upload.Sha256!,
            Route = upload.Route!.Route.Name,
            Caller = upload.Caller!.Name,
            CreatedAt = time.GetUtcNow(),
        };
    }
}
