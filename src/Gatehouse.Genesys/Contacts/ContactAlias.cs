using System.Text.Json;

namespace Gatehouse.Genesys;

/// <summary>A contact id that names a contact by something else than Genesys' own id: <c>email:</c>, <c>phone:</c>, <c>external:</c>.</summary>
/// <param name="Type">Genesys' <c>ContactIdentifier.type</c>.</param>
internal sealed record ContactAlias(string Type, string Value)
{
    private const string Email = "Email";
    private const string Phone = "Phone";
    private const string ExternalId = "ExternalId";

    private static readonly (string Prefix, string Type)[] Prefixes = [("email:", Email), ("phone:", Phone), ("external:", ExternalId)];

    /// <summary>Null: the id is Genesys' own.</summary>
    public static ContactAlias? Of(string contactId)
    {
        foreach (var (prefix, type) in Prefixes)
        {
            if (contactId.StartsWith(prefix, StringComparison.Ordinal)) return new ContactAlias(type, contactId[prefix.Length..]);
        }
        return null;
    }

    /// <summary>The body of <c>identifierlookup/contacts</c>: a <c>ContactIdentifier</c>.</summary>
    public HttpContent Lookup(ContactOptions options) => ApiJson.Of(json =>
    {
        json.WriteString("type", Type);
        json.WriteString("value", Value);
        if (Type is ExternalId && options.ExternalSource is { } source) Source(json, source);
    });

    /// <summary>The body of a new <c>ExternalContact</c>: what is known of it, and a name to find it by.</summary>
    public HttpContent Contact(ContactOptions options) => ApiJson.Of(json =>
    {
        json.WriteString("lastName", Value);
        switch (Type)
        {
            case Email:
                json.WriteString("personalEmail", Value);
                break;
            case Phone:
                json.WriteStartObject("cellPhone");
                json.WriteString("display", Value);
                json.WriteString("e164", Value);
                json.WriteEndObject();
                break;
            default:
                json.WriteStartArray("externalIds");
                json.WriteStartObject();
                json.WriteString("value", Value);
                if (options.ExternalSource is { } source) Source(json, source);
                json.WriteEndObject();
                json.WriteEndArray();
                break;
        }
    });

    private static void Source(Utf8JsonWriter json, string id)
    {
        json.WriteStartObject("externalSource");
        json.WriteString("id", id);
        json.WriteEndObject();
    }
}
