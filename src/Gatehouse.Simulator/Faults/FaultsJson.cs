using System.Text.Json;

namespace Gatehouse.Simulator;

/// <summary>A fault that could not be set: the field that is meant, and one sentence.</summary>
internal sealed record FaultProblem(string? Field, string Error);

/// <summary>Faults to and from JSON. Strict: a misspelt fault that is silently ignored makes a test that cannot fail.</summary>
internal static class FaultsJson
{
    private static readonly JsonDocumentOptions Strict = new() { AllowDuplicateProperties = false, MaxDepth = 4 };

    public static (Faults? Faults, FaultProblem? Problem) Read(ReadOnlyMemory<byte> json)
    {
        try
        {
            using var document = JsonDocument.Parse(json, Strict);
            return document.RootElement.ValueKind == JsonValueKind.Object
                ? Read(document.RootElement)
                : (null, new FaultProblem(null, "Faults are a JSON object; {} clears them."));
        }
        // A string that is no Unicode (half of a surrogate pair, wrong UTF-8) is only found when it is read.
        catch (Exception wrong) when (wrong is JsonException or InvalidOperationException)
        {
            return (null, new FaultProblem(null, $"The body is not JSON: {wrong.Message}"));
        }
    }

    public static void Write(Utf8JsonWriter json, Faults faults)
    {
        json.WriteStartObject();
        foreach (var field in FaultFields.All)
            field.Write(json, faults);
        json.WriteEndObject();
    }

    private static (Faults?, FaultProblem?) Read(JsonElement root)
    {
        var faults = Faults.None;
        foreach (var member in root.EnumerateObject())
        {
            if (member.Value.ValueKind == JsonValueKind.Null)
                continue;
            if (Array.Find(FaultFields.All, field => string.Equals(field.Name, member.Name, StringComparison.Ordinal)) is not { } known)
                return (null, new FaultProblem(member.Name, $"There is no fault {member.Name}."));
            if (known.Apply(faults, member.Value) is not { } next)
                return (null, new FaultProblem(member.Name, $"{member.Name} is {known.Allowed}; {Shortened(member.Value)} was given."));
            faults = next;
        }

        return (faults, null);
    }

    private static string Shortened(JsonElement value)
    {
        var text = value.GetRawText();
        return text.Length <= 60 ? text : text[..60] + "…";
    }
}
