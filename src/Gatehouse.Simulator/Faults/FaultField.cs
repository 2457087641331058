using System.Collections.Frozen;
using System.Text.Json;

namespace Gatehouse.Simulator;

/// <summary>One field of <c>POST /simulator/faults</c>: how it is read into the faults, and its value in them.</summary>
/// <param name="Allowed">What the field takes, to follow "is" in a sentence.</param>
/// <param name="Apply">The faults with this field; null when the value is not allowed.</param>
internal sealed record FaultField(string Name, string Allowed, Func<Faults, JsonElement, Faults?> Apply, Func<Faults, object?> Value)
{
    private const int MostNames = 10_000;

    public static FaultField Whole(string name, int least, int most, string of, Func<Faults, int, Faults> apply, Func<Faults, int?> value) => new(
        name,
        $"{of} from {Invariant.Text(least)} to {Invariant.Text(most)}",
        (faults, json) => json.ValueKind == JsonValueKind.Number && json.TryGetInt32(out var n) && n >= least && n <= most ? apply(faults, n) : null,
        faults => value(faults));

    public static FaultField Share(string name, Func<Faults, double, Faults> apply, Func<Faults, double?> value) => new(
        name,
        "a number from 0 to 1",
        (faults, json) => json.ValueKind == JsonValueKind.Number && json.TryGetDouble(out var n) && n is >= 0 and <= 1 ? apply(faults, n) : null,
        faults => value(faults));

    public static FaultField Flag(string name, Func<Faults, bool, Faults> apply, Func<Faults, bool?> value) => new(
        name,
        "true or false",
        (faults, json) => json.ValueKind is JsonValueKind.True or JsonValueKind.False ? apply(faults, json.GetBoolean()) : null,
        faults => value(faults));

    public static FaultField OneOf(string name, string[] allowed, Func<Faults, string, Faults> apply, Func<Faults, string?> value) => new(
        name,
        "one of " + string.Join(", ", allowed),
        (faults, json) => json.ValueKind == JsonValueKind.String && Array.Find(allowed, json.ValueEquals) is { } known ? apply(faults, known) : null,
        value);

    /// <summary>A list of names, told apart without regard to case.</summary>
    public static FaultField Names(string name, string of, Func<Faults, FrozenSet<string>, Faults> apply, Func<Faults, FrozenSet<string>?> value, Predicate<string>? fits = null) => new(
        name,
        $"a list of at most {Invariant.Text(MostNames)} {of}",
        (faults, json) => json.ValueKind == JsonValueKind.Array && json.GetArrayLength() <= MostNames && json.EnumerateArray().All(item => item.ValueKind == JsonValueKind.String && fits?.Invoke(item.GetString()!) is not false)
            ? apply(faults, json.EnumerateArray().Select(item => item.GetString()!).ToFrozenSet(StringComparer.OrdinalIgnoreCase))
            : null,
        value);

    /// <summary>An object of names, told apart without regard to case.</summary>
    public static FaultField Map(string name, string of, Func<Faults, FrozenDictionary<string, string>, Faults> apply, Func<Faults, FrozenDictionary<string, string>?> value) => new(
        name,
        $"an object of at most {Invariant.Text(MostNames)} {of}",
        (faults, json) => json.ValueKind == JsonValueKind.Object && json.GetPropertyCount() <= MostNames && json.EnumerateObject().All(item => item.Value.ValueKind == JsonValueKind.String)
            ? apply(faults, json.EnumerateObject().DistinctBy(item => item.Name, StringComparer.OrdinalIgnoreCase).ToFrozenDictionary(item => item.Name, item => item.Value.GetString()!, StringComparer.OrdinalIgnoreCase))
            : null,
        value);

    public void Write(Utf8JsonWriter json, Faults faults)
    {
        switch (Value(faults))
        {
            case null:
                break;
            case int number:
                json.WriteNumber(Name, number);
                break;
            case double number:
                json.WriteNumber(Name, number);
                break;
            case bool flag:
                json.WriteBoolean(Name, flag);
                break;
            case string text:
                json.WriteString(Name, text);
                break;
            case FrozenSet<string> names:
                json.WriteStartArray(Name);
                foreach (var item in names.Order(StringComparer.Ordinal))
                    json.WriteStringValue(item);
                json.WriteEndArray();
                break;
            case FrozenDictionary<string, string> map:
                json.WriteStartObject(Name);
                foreach (var (key, value) in map.OrderBy(pair => pair.Key, StringComparer.Ordinal))
                    json.WriteString(key, value);
                json.WriteEndObject();
                break;
            case var other:
                throw new InvalidOperationException($"A fault's value cannot be a {other.GetType()}.");
        }
    }
}
