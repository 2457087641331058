using Gatehouse.Gateway.Multipart;

namespace Gatehouse.Gateway.Fields;

/// <summary>The grammar of <c>Prefer</c>: <c>1#( token [ = word ] *( ; [ parameter ] ) )</c> (RFC 7240, section 2).</summary>
internal static class PreferenceList
{
    /// <summary>Names with their values (null: none); parameters are read over. False when the text does not follow the grammar.</summary>
    public static bool TryParse(ReadOnlySpan<char> text, out List<(string Name, string? Value)> preferences)
    {
        preferences = [];
        while (true)
        {
            text = text.TrimStart(" \t,");
            if (text.IsEmpty) return true;
            if (!ReadPair(ref text, out var name, out var value)) return false;
            preferences.Add((name, value));
            for (text = Trim(text); !text.IsEmpty && text[0] == ';'; text = Trim(text))
            {
                text = Trim(text[1..]);
                if (!text.IsEmpty && text[0] is not (';' or ',') && !ReadPair(ref text, out _, out _)) return false;
            }
            if (!text.IsEmpty && text[0] != ',') return false;
        }
    }

    private static bool ReadPair(ref ReadOnlySpan<char> text, out string name, out string? value)
    {
        value = null;
        var length = Token.Length(text);
        name = text[..length].ToString();
        if (length == 0) return false;
        text = Trim(text[length..]);
        if (text.IsEmpty || text[0] != '=') return true;

        text = Trim(text[1..]);
        if (!text.IsEmpty && text[0] == '"')
        {
            var end = text[1..].IndexOf('"');
            if (end < 0) return false;
            value = text.Slice(1, end).ToString();
            text = text[(end + 2)..];
            return !value.Contains('\\', StringComparison.Ordinal);
        }
        length = Token.Length(text);
        value = text[..length].ToString();
        text = text[length..];
        return length > 0;
    }

    private static ReadOnlySpan<char> Trim(ReadOnlySpan<char> text) => text.TrimStart(" \t");
}
