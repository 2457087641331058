using System.Buffers;
using System.Text;
using System.Text.Json;

namespace Gatehouse.Genesys.Routes;

/// <summary>
/// What is kept of Genesys' answer to a message. It repeats the message, and with it the link that was sent, and may hold links of Genesys' own: whoever reads an upload's row, its answer or its events must not get the file by them.
/// </summary>
internal static class KeptAnswer
{
    private const string InAddress = "://";

    public static RouteOutcome WithoutAddresses(RouteOutcome outcome) => outcome is RouteOutcome.Sent { Result: { } answer } sent ? sent with { Result = WithoutAddresses(answer) } : outcome;

    /// <summary>The same JSON with null for each text that holds an absolute address; null where it cannot be told.</summary>
    public static string? WithoutAddresses(string json)
    {
        // A text may be written with escapes.
        if (!json.Contains(InAddress, StringComparison.Ordinal) && !json.Contains('\\', StringComparison.Ordinal)) return json;
        try
        {
            using var document = JsonDocument.Parse(json);
            var output = new ArrayBufferWriter<byte>(json.Length);
            using (var writer = new Utf8JsonWriter(output)) Write(document.RootElement, writer);
            return Encoding.UTF8.GetString(output.WrittenSpan);
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            // InvalidOperationException: a text that is no valid UTF-16.
            return null;
        }
    }

    private static void Write(JsonElement element, Utf8JsonWriter output)
    {
        switch (element.ValueKind)
        {
            case JsonValueKind.Object:
                output.WriteStartObject();
                foreach (var member in element.EnumerateObject())
                {
                    output.WritePropertyName(member.Name);
                    Write(member.Value, output);
                }
                output.WriteEndObject();
                break;
            case JsonValueKind.Array:
                output.WriteStartArray();
                foreach (var item in element.EnumerateArray()) Write(item, output);
                output.WriteEndArray();
                break;
            case JsonValueKind.String when element.GetString()!.Contains(InAddress, StringComparison.Ordinal):
                output.WriteNullValue();
                break;
            default:
                element.WriteTo(output);
                break;
        }
    }
}
