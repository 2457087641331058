using Microsoft.AspNetCore.Http.Features;

namespace Gatehouse.Simulator;

/// <summary><c>GET /api/v2/externalcontacts/contacts/{contactId}</c>: every well-formed contact exists but those that a fault hides.</summary>
internal sealed class ContactOperation(FaultBoard board) : Operation
{
    public override string Method => HttpMethods.Get;

    public override string Path => "/api/v2/externalcontacts/contacts/{contactId}";

    public override ValueTask<Reply> DoAsync(HttpContext http, string correlationId, CancellationToken cancellationToken)
    {
        var (contact, refusal) = Find(http, segment: 4, board.Current, correlationId);
        return ValueTask.FromResult(refusal ?? Reply.Json(200, json =>
        {
            json.WriteStartObject();
            json.WriteString("id", contact);
            json.WriteString("type", "Curated");
            json.WriteString("firstName", "Simulated");
            json.WriteString("lastName", "Contact");
            json.WriteString("selfUri", "/api/v2/externalcontacts/contacts/" + Uri.EscapeDataString(contact!));
            json.WriteEndObject();
        }));
    }

    /// <summary>The contact that the path names, or the refusal: 400 for what is no id, 404 for a contact that is not there.</summary>
    public static (string? Contact, Reply? Refusal) Find(HttpContext http, int segment, Faults faults, string correlationId)
    {
        var target = http.Features.GetRequiredFeature<IHttpRequestFeature>().RawTarget;
        if (ContactId.From(target, segment) is not { } contact)
            return (null, ErrorBody.Of(400, "bad.request", "The contact id is not a valid identifier.", correlationId));
        return faults.UnknownContacts?.Contains(contact) == true
            ? (null, ErrorBody.Of(404, "not.found", $"The contact {contact} was not found.", correlationId))
            : (contact, null);
    }
}
