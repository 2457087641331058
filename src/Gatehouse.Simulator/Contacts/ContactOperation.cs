using Microsoft.AspNetCore.Http.Features;

namespace Gatehouse.Simulator;

/// <summary><c>GET /api/v2/externalcontacts/contacts/{contactId}</c>, with <c>canonicalContact</c> where it was merged.</summary>
internal sealed class ContactOperation(ContactBook contacts, FaultBoard board) : Operation
{
    public override string Method => HttpMethods.Get;

    public override string Path => "/api/v2/externalcontacts/contacts/{contactId}";

    public override ValueTask<Reply> DoAsync(HttpContext http, string correlationId, CancellationToken cancellationToken)
    {
        var (contact, refusal) = Find(http, segment: 4, contacts, correlationId);
        return ValueTask.FromResult(refusal ?? Reply.Json(200, json => contact!.Write(json, board.Current.MergedContacts)));
    }

    /// <summary>The contact that the path names, or the refusal: 400 for what is no id, 404 for a contact that is not there.</summary>
    public static (Contact? Contact, Reply? Refusal) Find(HttpContext http, int segment, ContactBook contacts, string correlationId)
    {
        var target = http.Features.GetRequiredFeature<IHttpRequestFeature>().RawTarget;
        if (ContactId.From(target, segment) is not { } name)
            return (null, ErrorBody.Of(400, "bad.request", "The contact id is not a valid identifier.", correlationId, "contactId"));
        return contacts.Find(name) is { } contact ? (contact, null) : (null, ErrorBody.Of(404, "not.found", $"The contact {name} was not found.", correlationId));
    }
}
