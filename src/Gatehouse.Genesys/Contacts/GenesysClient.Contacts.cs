namespace Gatehouse.Genesys;

public sealed partial class GenesysClient
{
    private const string Contacts = "/api/v2/externalcontacts/contacts";

    /// <summary>Reads one contact: <c>GET /api/v2/externalcontacts/contacts/{id}</c>, permission <c>externalContacts:contact:view</c>.</summary>
    internal async ValueTask<ContactAnswer> ReadContactAsync(string contactId, Permit permit, CancellationToken cancellationToken) => PathSegment.TryEncode(contactId, out var segment)
        ? ContactAnswer.Of(await CallAsync("read-contact", segment, static (id, api) => new HttpRequestMessage(HttpMethod.Get, PathSegment.Verbatim($"{api}{Contacts}/{id}")), permit, cancellationToken))
        : new ContactAnswer.NotFound();

    /// <summary>Finds a contact by e-mail address, phone number or external id: <c>POST /api/v2/externalcontacts/identifierlookup/contacts</c>, the same permission.</summary>
    internal async ValueTask<ContactAnswer> LookUpContactAsync(Func<HttpContent> identifier, Permit permit, CancellationToken cancellationToken) =>
        ContactAnswer.Of(await CallAsync("look-up-contact", identifier, static (body, api) => Post($"{api}/api/v2/externalcontacts/identifierlookup/contacts", body()), permit, cancellationToken));

    /// <summary>Makes a contact: <c>POST /api/v2/externalcontacts/contacts</c>, permission <c>externalContacts:contact:add</c>.</summary>
    internal async ValueTask<ContactAnswer> CreateContactAsync(Func<HttpContent> contact, Permit permit, CancellationToken cancellationToken) =>
        ContactAnswer.Of(await CallAsync("create-contact", contact, static (body, api) => Post(api + Contacts, body()), permit, cancellationToken));

    private static HttpRequestMessage Post(string address, HttpContent json) => new(HttpMethod.Post, PathSegment.Verbatim(address)) { Content = json };
}
