using System.Text.Json;

namespace Gatehouse.Genesys;

/// <summary>An external contact, as far as Gatehouse reads it. <paramref name="CanonicalId"/>: the contact that a merged one now stands for.</summary>
public sealed record GenesysContact(string Id, string? Type, string? FirstName, string? LastName, string? CanonicalId)
{
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

/// <summary>What reading a contact came to.</summary>
public abstract record ContactAnswer
{
    public sealed record Found(GenesysContact Contact) : ContactAnswer;

    public sealed record NotFound : ContactAnswer;

    /// <summary>Anything else: see <paramref name="Answer"/>.</summary>
    public sealed record Unknown(GenesysAnswer Answer) : ContactAnswer;
}
