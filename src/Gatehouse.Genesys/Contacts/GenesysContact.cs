using System.Text.Json;

namespace Gatehouse.Genesys;

/// <summary>An external contact, as far as Gatehouse reads it. <paramref name="CanonicalId"/>: the contact that a merged one now stands for.</summary>
internal sealed record GenesysContact(string Id, string? Type, string? FirstName, string? LastName, string? CanonicalId)
{
    /// <summary>The contact to name in calls.</summary>
    public string ToCall => CanonicalId ?? Id;

    public static GenesysContact Itself(string id) => new(id, Type: null, FirstName: null, LastName: null, CanonicalId: null);

    internal static GenesysContact? Parse(ReadOnlyMemory<byte> body)
    {
        try
        {
            using var document = JsonDocument.Parse(body, new JsonDocumentOptions { MaxDepth = 64 });
            var root = document.RootElement;
            if (root.ValueKind != JsonValueKind.Object || Text(root, "id") is not { } id) return null;
            var canonical = root.TryGetProperty("canonicalContact", out var contact) && contact.ValueKind == JsonValueKind.Object ? Text(contact, "id") : null;
            return new GenesysContact(id, Text(root, "type"), Text(root, "firstName"), Text(root, "lastName"), canonical);
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            return null;
        }
    }

    private static string? Text(JsonElement element, string name) => element.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;
}

/// <summary>What reading, finding or making a contact came to.</summary>
internal abstract record ContactAnswer
{
    public sealed record Found(GenesysContact Contact) : ContactAnswer;

    public sealed record NotFound : ContactAnswer;

    /// <summary>Anything else: see <paramref name="Answer"/>.</summary>
    public sealed record Unknown(GenesysAnswer Answer) : ContactAnswer;

    public static ContactAnswer Of(GenesysAnswer answer) => answer switch
    {
        GenesysAnswer.Answered { Status: 404 or 204 } => new NotFound(),
        GenesysAnswer.Answered { IsSuccess: true } found when GenesysContact.Parse(found.Body) is { } contact => new Found(contact),
        _ => new Unknown(answer),
    };
}
