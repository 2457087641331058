using Gatehouse.Actors;
using Gatehouse.Genesys.Routes;

namespace Gatehouse.Genesys;

/// <summary>
/// Finds contacts at Genesys: in this node's memory, else in the row of the contact's last delivery, which every node and every start can read, else by asking. A contact's uploads are sent one at a time in the whole
/// deployment, so a missing one is made once.
/// </summary>
public sealed class ContactResolver(GenesysClient client, ITokenGate gate, IUploadRows rows, ContactOptions options) : IContactResolver
{
    /// <summary>Rows that are looked at for an earlier delivery, newest first: a line is at most 50 long, and more rows than that are failed ones.</summary>
    private const int RowsLookedAt = 60;

    private readonly KnownContacts _known = new();

    public async ValueTask<ContactFound> FindAsync(string contactId, Permit permit, CancellationToken cancellationToken)
    {
        if (_known.Find(contactId) is { } known) return new ContactFound.Found(known, permit);
        var alias = ContactAlias.Of(contactId);
        if (alias is null && !IsRead(contactId)) return new ContactFound.Found(contactId, permit);
        if (await LastDeliveredAsync(contactId, cancellationToken) is { } delivered)
        {
            _known.Remember(contactId, delivered);
            return new ContactFound.Found(delivered, permit);
        }
        return alias is null ? await FollowAsync(contactId, contactId, permit, cancellationToken) : await LookUpAsync(contactId, alias, permit, cancellationToken);
    }

    public async ValueTask<ContactFound> FindAgainAsync(string contactId, string known, CancellationToken cancellationToken)
    {
        _known.Forget(contactId);
        var alias = ContactAlias.Of(contactId);
        if (alias is null && !IsGuid(contactId)) return new ContactFound.NotFound();
        try
        {
            var permit = await gate.TakeAsync(cancellationToken);
            var found = alias is not null ? await LookUpAsync(contactId, alias, permit, cancellationToken) : await FollowAsync(contactId, known, permit, cancellationToken);
            return found is ContactFound.Found same && string.Equals(same.ContactId, known, StringComparison.OrdinalIgnoreCase) ? new ContactFound.NotFound() : found;
        }
        catch (CredentialsRefusedException e)
        {
            return Refused(e);
        }
    }

    /// <summary>A gateway in Genesys' place may offer no such call, and a client may lack the permission for it: then the id stands for itself.</summary>
    private async ValueTask<ContactFound> FollowAsync(string contactId, string known, Permit permit, CancellationToken cancellationToken)
    {
        try
        {
            var answer = await client.ReadContactAsync(known, permit, cancellationToken);
            if (answer is ContactAnswer.NotFound or ContactAnswer.Unknown { Answer: GenesysAnswer.Answered { Status: 400 or 403 or 405 or 501 } }) answer = new ContactAnswer.Found(GenesysContact.Itself(known));
            return await NextPermitAsync(contactId, answer, cancellationToken);
        }
        catch (CredentialsRefusedException e)
        {
            return Refused(e);
        }
    }

    private async ValueTask<ContactFound> LookUpAsync(string contactId, ContactAlias alias, Permit permit, CancellationToken cancellationToken)
    {
        try
        {
            var answer = await client.LookUpContactAsync(alias.Lookup(options), permit, cancellationToken);
            if (answer is ContactAnswer.NotFound && options.CreateMissing)
            {
                answer = await client.CreateContactAsync(alias.Contact(options), await gate.TakeAsync(cancellationToken), cancellationToken);
            }
            return await NextPermitAsync(contactId, answer, cancellationToken);
        }
        catch (CredentialsRefusedException e)
        {
            return Refused(e);
        }
    }

    private async ValueTask<ContactFound> NextPermitAsync(string contactId, ContactAnswer answer, CancellationToken cancellationToken)
    {
        switch (answer)
        {
            case ContactAnswer.Found { Contact: var contact }:
                _known.Remember(contactId, contact.ToCall);
                return new ContactFound.Found(contact.ToCall, await gate.TakeAsync(cancellationToken));
            case ContactAnswer.Unknown { Answer: var unknown }:
                return new ContactFound.NotNow(ContactOutcomes.Of(unknown));
            default:
                return new ContactFound.NotFound();
        }
    }

    private async ValueTask<string?> LastDeliveredAsync(string contactId, CancellationToken cancellationToken)
    {
        foreach (var row in await rows.ListAsync(contactId, before: null, RowsLookedAt, cancellationToken))
        {
            if (row is { Status: UploadStatus.Delivered, GenesysContactId: { } id }) return id;
        }
        return null;
    }

    private bool IsRead(string contactId) => options.FollowMerged && IsGuid(contactId);

    private static bool IsGuid(string contactId) => Guid.TryParseExact(contactId, "D", out _);

    private ContactFound.NotNow Refused(CredentialsRefusedException e) => new(new RouteOutcome.RouteDown(gate.Trouble ?? e.Message) { Status = 401 });
}
