namespace Gatehouse.Simulator;

/// <summary><c>POST /api/v2/externalcontacts/contacts</c>. As often as it is called: Genesys is not known to refuse a second contact with the same address.</summary>
internal sealed class CreateContactOperation(ContactBook contacts) : Operation
{
    public override string Method => HttpMethods.Post;

    public override string Path => "/api/v2/externalcontacts/contacts";

    public override async ValueTask<Reply> DoAsync(HttpContext http, string correlationId, CancellationToken cancellationToken)
    {
        var (contact, refusal) = await JsonBody.ReadAsync(http, Contact.From, correlationId, cancellationToken);
        if (refusal is not null)
            return refusal;
        return contacts.Create(contact!)
            ? Reply.Json(200, json => contact!.Write(json, merged: null))
            : ErrorBody.Of(503, "service.unavailable", "The simulator keeps no more contacts; DELETE /simulator/contacts forgets them.", correlationId);
    }
}
