using System.Collections.Frozen;
using System.Globalization;
using System.Text.Json;

namespace Gatehouse.Simulator;

/// <summary>A fault that could not be set: the field that is meant, and one sentence.</summary>
internal sealed record FaultProblem(string? Field, string Error);

/// <summary>Faults to and from JSON. Strict: a misspelt fault that is silently ignored makes a test that cannot fail.</summary>
internal static class FaultsJson
{
    private const int MostContacts = 10_000;
    private const int OneDaySeconds = 86_400;

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
        catch (JsonException wrong)
        {
            return (null, new FaultProblem(null, $"The body is not JSON: {wrong.Message}"));
        }
    }

    public static void Write(Utf8JsonWriter json, Faults faults)
    {
        json.WriteStartObject();
        Number("status", faults.Status);
        Number("rate", faults.Rate);
        Number("retry_after_seconds", faults.RetryAfterSeconds);
        Number("drop_rate", faults.DropRate);
        Number("drop_after_reply_rate", faults.DropAfterReplyRate);
        Number("latency_ms", faults.LatencyMs);
        Number("token_lifetime_seconds", faults.TokenLifetimeSeconds);
        Number("requests_per_minute", faults.RequestsPerMinute);
        if (faults.UnknownContacts is { } contacts)
        {
            json.WriteStartArray("unknown_contacts");
            foreach (var contact in contacts.Order(StringComparer.Ordinal))
                json.WriteStringValue(contact);
            json.WriteEndArray();
        }

        Flag("hold_replies", faults.HoldReplies);
        Flag("token", faults.Token);
        json.WriteEndObject();

        void Flag(string name, bool? value)
        {
            if (value is { } flag)
                json.WriteBoolean(name, flag);
        }

        void Number(string name, double? value)
        {
            if (value is { } number)
                json.WriteNumber(name, number);
        }
    }

    private static (Faults?, FaultProblem?) Read(JsonElement root)
    {
        var faults = Faults.None;
        foreach (var field in root.EnumerateObject())
        {
            if (field.Value.ValueKind == JsonValueKind.Null)
                continue;
            var (next, allowed) = Apply(faults, field.Name, field.Value);
            if (next is null)
            {
                var error = allowed is null
                    ? $"There is no fault {field.Name}."
                    : string.Create(CultureInfo.InvariantCulture, $"{field.Name} is {allowed}; {Shortened(field.Value)} was given.");
                return (null, new FaultProblem(field.Name, error));
            }

            faults = next;
        }

        if (faults.Status is null && faults.Rate is not null)
            return (null, new FaultProblem("rate", "rate is the share of calls that get status, so it needs one."));
        if (faults.Status is null && faults.RetryAfterSeconds is not null)
            return (null, new FaultProblem("retry_after_seconds", "retry_after_seconds goes with the replies that status makes, so it needs one."));
        return (faults, null);
    }

    /// <summary>The faults with one field more; null with what the field allows when its value is wrong, null with null when there is no such field.</summary>
    private static (Faults? Next, string? Allowed) Apply(Faults faults, string name, JsonElement value) => name switch
    {
        "status" => Whole(value, 400, 599, "an HTTP status from 400 to 599", n => faults with { Status = n }),
        "rate" => Share(value, n => faults with { Rate = n }),
        "retry_after_seconds" => Whole(value, 0, OneDaySeconds, "a whole number of seconds from 0 to 86400", n => faults with { RetryAfterSeconds = n }),
        "drop_rate" => Share(value, n => faults with { DropRate = n }),
        "drop_after_reply_rate" => Share(value, n => faults with { DropAfterReplyRate = n }),
        "latency_ms" => Whole(value, 0, 600_000, "a whole number of milliseconds from 0 to 600000", n => faults with { LatencyMs = n }),
        "token_lifetime_seconds" => Whole(value, 1, 2 * OneDaySeconds, "a whole number of seconds from 1 to 172800", n => faults with { TokenLifetimeSeconds = n }),
        "requests_per_minute" => Whole(value, 1, 1_000_000, "a whole number from 1 to 1000000", n => faults with { RequestsPerMinute = n }),
        "unknown_contacts" => (Contacts(value) is { } set ? faults with { UnknownContacts = set } : null, $"a list of at most {MostContacts} contact ids"),
        "hold_replies" => Flag(value, yes => faults with { HoldReplies = yes }),
        "token" => Flag(value, yes => faults with { Token = yes }),
        _ => (null, null),
    };

    private static (Faults?, string) Whole(JsonElement value, int least, int most, string allowed, Func<int, Faults> apply) =>
        (value.ValueKind == JsonValueKind.Number && value.TryGetInt32(out var n) && n >= least && n <= most ? apply(n) : null, allowed);

    private static (Faults?, string) Share(JsonElement value, Func<double, Faults> apply) =>
        (value.ValueKind == JsonValueKind.Number && value.TryGetDouble(out var n) && n is >= 0 and <= 1 ? apply(n) : null, "a number from 0 to 1");

    private static (Faults?, string) Flag(JsonElement value, Func<bool, Faults> apply) =>
        (value.ValueKind is JsonValueKind.True or JsonValueKind.False ? apply(value.GetBoolean()) : null, "true or false");

    private static FrozenSet<string>? Contacts(JsonElement value)
    {
        if (value.ValueKind != JsonValueKind.Array || value.GetArrayLength() > MostContacts)
            return null;
        var ids = new List<string>();
        foreach (var item in value.EnumerateArray())
        {
            if (item.ValueKind != JsonValueKind.String)
                return null;
            ids.Add(item.GetString()!);
        }

        return ids.ToFrozenSet(StringComparer.OrdinalIgnoreCase);
    }

    private static string Shortened(JsonElement value)
    {
        var text = value.GetRawText();
        return text.Length <= 60 ? text : text[..60] + "…";
    }
}
