namespace Gatehouse.Genesys;

public sealed partial class GenesysClient
{
    /// <summary>
    /// Reads one contact: <c>GET /api/v2/externalcontacts/contacts/{id}</c>, permission <c>externalContacts:contact:view</c>. Waits for a permit of its own. Throws
    /// <see cref="CredentialsRefusedException"/> while the credentials are refused.
    /// </summary>
    public async ValueTask<ContactAnswer> ReadContactAsync(string contactId, CancellationToken cancellationToken)
    {
        if (!PathSegment.TryEncode(contactId, out var segment)) return new ContactAnswer.NotFound();
        var permit = await gate.TakeAsync(cancellationToken);
        var answer = await CallAsync("read-contact", segment, static (id, api) => new HttpRequestMessage(HttpMethod.Get, PathSegment.Verbatim($"{api}/api/v2/externalcontacts/contacts/{id}")), permit, cancellationToken);
        return answer switch
        {
            GenesysAnswer.Answered { Status: 404 } => new ContactAnswer.NotFound(),
            GenesysAnswer.Answered { IsSuccess: true } found when GenesysContact.Parse(found.Body) is { } contact => new ContactAnswer.Found(contact),
            _ => new ContactAnswer.Unknown(answer),
        };
    }
}
