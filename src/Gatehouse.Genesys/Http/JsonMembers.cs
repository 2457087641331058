using System.Text.Json;

namespace Gatehouse.Genesys;

/// <summary>Reads what others wrote: a member that is not there, or is not what it must be, is null.</summary>
internal static class JsonMembers
{
    private const int MaxDepth = 64;

    /// <summary>The body as an object; null when it is none.</summary>
    public static JsonElement? Object(ReadOnlyMemory<byte> body)
    {
        try
        {
            using var document = JsonDocument.Parse(body, new JsonDocumentOptions { MaxDepth = MaxDepth });
            return document.RootElement.ValueKind == JsonValueKind.Object ? document.RootElement.Clone() : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    /// <summary>A string member of at most <paramref name="most"/> characters.</summary>
    public static string? Text(this JsonElement element, string name, int most = 1024) => element.ValueKind == JsonValueKind.Object && element.TryGetProperty(name, out var value) ? value.AsText(most) : null;

    /// <summary>A string of at most <paramref name="most"/> characters.</summary>
    public static string? AsText(this JsonElement element, int most = 1024)
    {
        if (element.ValueKind != JsonValueKind.String) return null;
        try
        {
            return element.GetString() is { } text && text.Length <= most ? text : null;
        }
        catch (InvalidOperationException)
        {
            // No valid UTF-16 (a lone \uD800).
            return null;
        }
    }

    public static long? Number(this JsonElement element, string name) =>
        element.ValueKind == JsonValueKind.Object && element.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.Number && value.TryGetInt64(out var number) ? number : null;

    public static bool Flag(this JsonElement element, string name) =>
        element.ValueKind == JsonValueKind.Object && element.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.True;

    public static JsonElement? Member(this JsonElement element, string name) =>
        element.ValueKind == JsonValueKind.Object && element.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.Object ? value : null;

    /// <summary>An array member's elements; none when it is no array.</summary>
    public static IEnumerable<JsonElement> Items(this JsonElement element, string name) =>
        element.ValueKind == JsonValueKind.Object && element.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.Array ? value.EnumerateArray() : [];
}
