namespace Gatehouse.Simulator;

/// <summary><c>POST /api/v2/externalcontacts/contacts/{contactId}/notes</c>: a text on the contact.</summary>
internal sealed class NoteOperation(ContactBook contacts, TimeProvider time) : Operation
{
    // Not documented; what a request may carry bounds it as well.
    private const int MostCharacters = 100_000;

    public override string Method => HttpMethods.Post;

    public override string Path => "/api/v2/externalcontacts/contacts/{contactId}/notes";

    public override async ValueTask<Reply> DoAsync(HttpContext http, string correlationId, CancellationToken cancellationToken)
    {
        var (contact, unknown) = ContactOperation.Find(http, segment: 4, contacts, correlationId);
        if (unknown is not null)
            return unknown;
        var (text, refusal) = await JsonBody.ReadAsync(http, body => body.Text("noteText", MostCharacters, required: true) ?? "", correlationId, cancellationToken);
        if (refusal is not null)
            return refusal;

        var id = Guid.NewGuid().ToString();
        var now = time.GetUtcNow();
        var receipt = new Receipt { Route = "contact-note", ContactId = contact!.Id, Text = text, ReceivedAt = now };
        return Reply.Json(200, json =>
        {
            json.WriteStartObject();
            json.WriteString("id", id);
            json.WriteString("noteText", text);
            json.WriteString("createDate", now.UtcDateTime);
            json.WriteString("selfUri", $"/api/v2/externalcontacts/contacts/{Uri.EscapeDataString(contact.Id)}/notes/{id}");
            json.WriteEndObject();
        }, receipt);
    }
}
