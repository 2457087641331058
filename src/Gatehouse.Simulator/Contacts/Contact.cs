using System.Text.Json;

namespace Gatehouse.Simulator;

/// <summary>An external contact. <paramref name="Aliases"/>: what it can be looked up by (<see cref="ContactAlias"/>).</summary>
internal sealed record Contact(string Id, string FirstName, string LastName, string[] Aliases)
{
    private const int MostNameCharacters = 1000;
    private const int MostEmailCharacters = 256;
    private const int MostPhoneCharacters = 512;
    private const int MostIdentifierCharacters = 255;
    private const int MostExternalIds = 10;

    /// <summary>One that exists because every well-formed contact does.</summary>
    public static Contact Known(string id) => new(id, "Simulated", "Contact", []);

    /// <summary>The contact that a body describes, with a new id.</summary>
    public static Contact From(Fields body)
    {
        var aliases = new List<string>();
        foreach (var name in (string[])["workEmail", "personalEmail", "otherEmail"])
        {
            if (body.Text(name, MostEmailCharacters) is not { } email)
                continue;
            if (email.Trim() is var bare && bare.IndexOf('@', StringComparison.Ordinal) is > 0 and var at && at < bare.Length - 1)
                aliases.Add(ContactAlias.Of("Email", email));
            else
                body.Wrong(name, "is an e-mail address");
        }

        foreach (var name in (string[])["workPhone", "cellPhone", "homePhone", "otherPhone"])
        {
            var phone = body.Object(name);
            // What cannot be read as a number with its country is kept as it is, and not found by it.
            if ((phone.Text("display", MostPhoneCharacters) ?? phone.Text("e164", MostPhoneCharacters)) is { } number && ContactAlias.IsPhone(number))
                aliases.Add(ContactAlias.Of("Phone", number));
        }

        foreach (var external in body.Objects("externalIds", MostExternalIds, $"has at most {Invariant.Text(MostExternalIds)} items"))
        {
            if (external.Text("value", MostIdentifierCharacters, required: true) is { } value)
                aliases.Add(ContactAlias.Of("ExternalId", value));
        }

        if (body.Text("externalSystemUrl", MostNameCharacters) is { } url && !(Uri.TryCreate(url, UriKind.Absolute, out var address) && address.Scheme is "http" or "https"))
            body.Wrong("externalSystemUrl", "is an absolute address with http or https");
        body.OneOf("type", ["Ephemeral", "Identified", "Curated"]);
        return new Contact(Guid.NewGuid().ToString(), body.Text("firstName", MostNameCharacters) ?? "", body.Text("lastName", MostNameCharacters) ?? "", [.. aliases.Distinct(StringComparer.Ordinal)]);
    }

    public void Write(Utf8JsonWriter json, MergedContacts? merged)
    {
        json.WriteStartObject();
        json.WriteString("id", Id);
        json.WriteString("type", "Curated");
        json.WriteString("firstName", FirstName);
        json.WriteString("lastName", LastName);
        if (With("email:") is { } email)
            json.WriteString("workEmail", email);
        if (With("phone:") is { } phone)
        {
            json.WriteStartObject("workPhone");
            json.WriteString("display", phone);
            json.WriteString("e164", phone);
            json.WriteEndObject();
        }

        if (With("external:") is not null)
        {
            json.WriteStartArray("externalIds");
            foreach (var alias in Aliases.Where(alias => alias.StartsWith("external:", StringComparison.Ordinal)))
            {
                json.WriteStartObject();
                json.WriteString("value", alias["external:".Length..]);
                json.WriteEndObject();
            }

            json.WriteEndArray();
        }

        if (merged?.HeadOf(this) is { } head)
        {
            json.WritePropertyName("canonicalContact");
            WriteReference(json, head);
            json.WriteStartArray("mergeSet");
            foreach (var member in merged.SetOf(head))
                WriteReference(json, member);
            json.WriteEndArray();
        }

        json.WriteString("selfUri", UriOf(Id));
        json.WriteEndObject();
    }

    private static void WriteReference(Utf8JsonWriter json, string id)
    {
        json.WriteStartObject();
        json.WriteString("id", id);
        json.WriteString("selfUri", UriOf(id));
        json.WriteEndObject();
    }

    private static string UriOf(string id) => "/api/v2/externalcontacts/contacts/" + Uri.EscapeDataString(id);

    private string? With(string prefix) => Array.Find(Aliases, alias => alias.StartsWith(prefix, StringComparison.Ordinal))?[prefix.Length..];
}
