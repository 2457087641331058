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
        if (alias is null && !(options.FollowMerged && IsGuid(contactId))) return new ContactFound.Found(contactId, permit);
        if (await LastDeliveredAsync(contactId, cancellationToken) is { } delivered)
        {
            _known.Remember(contactId, delivered);
            return new ContactFound.Found(delivered, permit);
        }
        try
        {
            return await NextPermitAsync(contactId, await SearchAsync(contactId, alias, permit, cancellationToken), cancellationToken);
        }
        catch (CredentialsRefusedException e)
        {
            return Refused(e);
        }
    }

    public async ValueTask<ContactFound> FindAgainAsync(string contactId, string known, CancellationToken cancellationToken)
    {
        _known.Forget(contactId);
        var alias = ContactAlias.Of(contactId);
        if (alias is null && !IsGuid(contactId)) return new ContactFound.NotFound();
        try
        {
            var answer = await SearchAsync(known, alias, await gate.TakeAsync(cancellationToken), cancellationToken);
            // The one that the delivery was just refused for.
            if (answer is ContactAnswer.Found { Contact.ToCall: var same } && string.Equals(same, known, StringComparison.OrdinalIgnoreCase)) return new ContactFound.NotFound();
            return await NextPermitAsync(contactId, answer, cancellationToken);
        }
        catch (CredentialsRefusedException e)
        {
            return Refused(e);
        }
    }

    /// <param name="id">To be read where there is no alias to look up.</param>
    private async ValueTask<ContactAnswer> SearchAsync(string id, ContactAlias? alias, Permit permit, CancellationToken cancellationToken)
    {
        if (alias is null) return await ReadAsync(id, permit, cancellationToken);
        var answer = await client.LookUpContactAsync(() => alias.Lookup(options), permit, cancellationToken);
        return answer is ContactAnswer.NotFound && options.CreateMissing
            ? await client.CreateContactAsync(() => alias.Contact(options), await gate.TakeAsync(cancellationToken), cancellationToken)
            : answer;
    }

    /// <summary>A gateway in Genesys' place may offer no such call, and a client may lack the permission for it: then the id stands for itself.</summary>
    private async ValueTask<ContactAnswer> ReadAsync(string id, Permit permit, CancellationToken cancellationToken)
    {
        var answer = await client.ReadContactAsync(id, permit, cancellationToken);
        return answer is ContactAnswer.NotFound or ContactAnswer.Unknown { Answer: GenesysAnswer.Answered { Status: 400 or 403 or 405 or 501 } }
            ? new ContactAnswer.Found(GenesysContact.Itself(id))
            : answer;
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

    private static bool IsGuid(string contactId) => Guid.TryParseExact(contactId, "D", out _);

    private ContactFound.NotNow Refused(CredentialsRefusedException e) => new(new RouteOutcome.RouteDown(gate.Trouble ?? e.Message) { Status = 401 });
}
