using Gatehouse.Genesys.Routes;

namespace Gatehouse.Genesys;

/// <summary>Calls that name a contact in their address.</summary>
internal static class ContactCalls
{
    /// <summary>Finds the contact and makes the call; after a 404 the contact is found anew, as it may have been merged or deleted, and the call made once more.</summary>
    /// <param name="call">Gets the contact's id as one segment of a path, and the call's permit.</param>
    public static async ValueTask<RouteOutcome> CallAsync(this IContactResolver contacts, string contactId, Permit permit, Func<string, Permit, ValueTask<RouteOutcome>> call, CancellationToken cancellationToken)
    {
        var outcome = await CallAsync(await contacts.FindAsync(contactId, permit, cancellationToken), call);
        return outcome is RouteOutcome.Refused { Because: RefusedBecause.ContactNotFound, GenesysContactId: { } named }
            && await contacts.FindAgainAsync(contactId, named, cancellationToken) is var again and not ContactFound.NotFound
            ? await CallAsync(again, call)
            : outcome;
    }

    private static async ValueTask<RouteOutcome> CallAsync(ContactFound contact, Func<string, Permit, ValueTask<RouteOutcome>> call) => contact switch
    {
        ContactFound.Found found when PathSegment.TryEncode(found.ContactId, out var segment) => await call(segment, found.Permit) with { GenesysContactId = found.ContactId },
        ContactFound.Found => new RouteOutcome.Refused(RefusedBecause.ContactNotFound, "The contact id cannot be part of an address."),
        ContactFound.NotNow notNow => notNow.Outcome,
        _ => new RouteOutcome.Refused(RefusedBecause.ContactNotFound, "Genesys knows no such contact."),
    };
}
