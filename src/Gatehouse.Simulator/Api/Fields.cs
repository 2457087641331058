using System.Text.Json;

namespace Gatehouse.Simulator;

/// <summary>The first member of a body that is wrong, by its dotted name, and one sentence.</summary>
internal sealed class FieldProblems
{
    public string? Field { get; private set; }

    public string? Sentence { get; private set; }

    public void Add(string field, string sentence)
    {
        if (Field is null)
            (Field, Sentence) = (field, sentence);
    }
}

/// <summary>
/// Reads the members of a JSON object and notes the first that is wrong. An object that is not there has no members and nothing wrong with them, so that what it
/// lacks is noted once.
/// </summary>
internal readonly struct Fields(JsonElement element, FieldProblems problems, string path = "")
{
    /// <summary>A string of 1 to <paramref name="most"/> characters; null when it is not there.</summary>
    public string? Text(string name, int most, bool required = false)
    {
        if (Member(name, required) is not { } value)
            return null;
        if (value.ValueKind != JsonValueKind.String)
            return Wrong(name, "is a string");
        var text = value.GetString()!;
        return text.Length >= 1 && text.Length <= most ? text : Wrong(name, $"is a string of 1 to {Invariant.Text(most)} characters");
    }

    public string? OneOf(string name, string[] allowed, bool required = false)
    {
        if (Member(name, required) is not { } value)
            return null;
        return value.ValueKind == JsonValueKind.String && Array.Find(allowed, value.ValueEquals) is { } known ? known : Wrong(name, "is one of " + string.Join(", ", allowed));
    }

    /// <summary>A time in ISO 8601's extended form.</summary>
    public string? Time(string name, bool required = false)
    {
        if (Member(name, required) is not { } value)
            return null;
        return value.ValueKind == JsonValueKind.String && value.TryGetDateTimeOffset(out _) ? value.GetString() : Wrong(name, "is a time in ISO 8601, such as 2026-01-31T12:00:00.000Z");
    }

    public long? Whole(string name, long least, long most, bool required = false)
    {
        if (Member(name, required) is not { } value)
            return null;
        if (value.ValueKind == JsonValueKind.Number && value.TryGetInt64(out var number) && number >= least && number <= most)
            return number;
        Wrong(name, $"is a whole number from {Invariant.Text(least)} to {Invariant.Text(most)}");
        return null;
    }

    /// <summary>False when it is not there.</summary>
    public bool Flag(string name)
    {
        if (Member(name, required: false) is not { } value)
            return false;
        if (value.ValueKind is not (JsonValueKind.True or JsonValueKind.False))
            Wrong(name, "is true or false");
        return value.ValueKind == JsonValueKind.True;
    }

    public Fields Object(string name, bool required = false)
    {
        var value = Member(name, required);
        if (value is { ValueKind: not JsonValueKind.Object })
        {
            Wrong(name, "is an object");
            value = null;
        }

        return new Fields(value ?? default, problems, path + name + ".");
    }

    /// <summary>A list of objects.</summary>
    public Fields[] Objects(string name, int most, string whyNotMore)
    {
        if (Member(name, required: false) is not { } list)
            return [];
        if (list.ValueKind != JsonValueKind.Array || list.GetArrayLength() > most)
        {
            Wrong(name, list.ValueKind == JsonValueKind.Array ? whyNotMore : "is a list");
            return [];
        }

        var (here, noted) = (path + name, problems);
        return [.. list.EnumerateArray().Select((item, i) =>
        {
            if (item.ValueKind != JsonValueKind.Object)
                noted.Add($"{here}[{Invariant.Text(i)}]", $"{here}[{Invariant.Text(i)}] is an object.");
            return new Fields(item.ValueKind == JsonValueKind.Object ? item : default, noted, $"{here}[{Invariant.Text(i)}].");
        })];
    }

    /// <summary>A list of strings of at least one character.</summary>
    public string[] Texts(string name, int most, int mostCharacters)
    {
        if (Member(name, required: false) is not { } list)
            return [];
        if (list.ValueKind == JsonValueKind.Array && list.GetArrayLength() <= most
            && list.EnumerateArray().All(item => item.ValueKind == JsonValueKind.String && item.GetString()!.Length >= 1 && item.GetString()!.Length <= mostCharacters))
            return [.. list.EnumerateArray().Select(item => item.GetString()!)];
        Wrong(name, $"is a list of at most {Invariant.Text(most)} strings");
        return [];
    }

    /// <summary>An object whose members are all strings.</summary>
    public KeyValuePair<string, string>[] Map(string name)
    {
        if (Member(name, required: false) is not { } map)
            return [];
        if (map.ValueKind == JsonValueKind.Object && map.EnumerateObject().All(member => member.Value.ValueKind == JsonValueKind.String))
            return [.. map.EnumerateObject().Select(member => KeyValuePair.Create(member.Name, member.Value.GetString()!))];
        Wrong(name, "is an object whose members are strings");
        return [];
    }

    /// <summary>Notes that a member's value cannot be used; null, for the caller to return.</summary>
    public string? Wrong(string name, string sentence)
    {
        problems.Add(path + name, $"{path}{name} {sentence}.");
        return null;
    }

    private JsonElement? Member(string name, bool required)
    {
        if (element.ValueKind != JsonValueKind.Object)
            return null;
        if (element.TryGetProperty(name, out var value) && value.ValueKind != JsonValueKind.Null)
            return value;
        if (required)
            Wrong(name, "is required");
        return null;
    }
}
