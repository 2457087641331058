using Gatehouse.Genesys.Routes;

namespace Gatehouse.Genesys;

/// <summary>Finds the external contact that an upload's contact id stands for, and remembers it.</summary>
public interface IContactResolver
{
    /// <summary>
    /// The contact to name in a call. A GUID or another plain id stands for itself; <c>email:</c>, <c>phone:</c> and <c>external:</c> are looked up once and then known. Each API request of it takes a permit of its own,
    /// the first one <paramref name="permit"/>.
    /// </summary>
    ValueTask<ContactFound> FindAsync(string contactId, Permit permit, CancellationToken cancellationToken);

    /// <summary>
    /// Genesys answered 404 to a call that named <paramref name="known"/> for this contact: it is forgotten and found anew; one that was merged into another contact is followed to it. Not found where nothing else than
    /// <paramref name="known"/> is found.
    /// </summary>
    ValueTask<ContactFound> FindAgainAsync(string contactId, string known, CancellationToken cancellationToken);
}

/// <summary>What a search for a contact came to.</summary>
public abstract record ContactFound
{
    /// <param name="ContactId">The contact's id at Genesys, of the contact that a merged one now stands for.</param>
    /// <param name="Permit">For the next request: the one that was given where finding made no request, else a new one.</param>
    public sealed record Found(string ContactId, Permit Permit) : ContactFound;

    /// <summary>Genesys knows no such contact.</summary>
    public sealed record NotFound : ContactFound;

    /// <summary>It could not be found out: the attempt ends so.</summary>
    public sealed record NotNow(RouteOutcome Outcome) : ContactFound;
}
