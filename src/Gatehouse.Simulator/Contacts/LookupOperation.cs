namespace Gatehouse.Simulator;

/// <summary><c>POST /api/v2/externalcontacts/identifierlookup/contacts</c>: the contact with an e-mail address, a phone number or another identifier.</summary>
internal sealed class LookupOperation(ContactBook contacts, FaultBoard board) : Operation
{
    private const int MostValueCharacters = 255;

    private static readonly string[] Types =
        ["SocialLine", "SocialFacebook", "SocialTwitter", "SocialWhatsapp", "SocialInstagram", "SocialWhatsappBsuid", "AppleOpaqueId", "Email", "Phone", "Cookie", "ExternalId"];

    public override string Method => HttpMethods.Post;

    public override string Path => "/api/v2/externalcontacts/identifierlookup/contacts";

    public override async ValueTask<Reply> DoAsync(HttpContext http, string correlationId, CancellationToken cancellationToken)
    {
        var (asked, refusal) = await JsonBody.ReadAsync(http, Identifier.From, correlationId, cancellationToken);
        if (refusal is not null)
            return refusal;
        return contacts.Lookup(asked!.Type, asked.Value) is { } contact
            ? Reply.Json(200, json => contact.Write(json, board.Current.MergedContacts))
            : ErrorBody.Of(404, "not.found", $"No contact has the identifier {asked.Type} {asked.Value}.", correlationId);
    }

    private sealed record Identifier(string Type, string Value)
    {
        public static Identifier From(Fields body)
        {
            var identifier = new Identifier(body.OneOf("type", Types, required: true) ?? "", body.Text("value", MostValueCharacters, required: true) ?? "");
            if (identifier is { Type: "Phone", Value: { Length: > 0 } number } && !ContactAlias.IsPhone(number))
                body.Wrong("value", "is a phone number with a plus sign and its country's code");
            return identifier;
        }
    }
}
