using System.Text;

namespace Gatehouse.Gateway.Multipart;

/// <summary>
/// The <c>; name=value</c> list of a Content-Type or Content-Disposition (RFC 9110, section 5.6.6), read strictly: one value a name, no white space round the
/// equals sign, nothing after a closing quote but a semicolon, no trailing semicolon.
/// </summary>
internal readonly struct ParameterList
{
    // A disposition has two or three; a list that has more than this is made to be slow to compare.
    private const int MaxParameters = 16;

    private readonly List<(string Name, string Value, bool Quoted)>? _items;

    private ParameterList(List<(string, string, bool)>? items, string? problem) => (_items, Problem) = (items, problem);

    /// <summary>What is wrong; null when the list is sound.</summary>
    public string? Problem { get; }

    public string? Find(string name) => FindItem(name)?.Value;

    public (string Name, string Value, bool Quoted)? FindItem(string name)
    {
        foreach (var item in _items ?? [])
            if (item.Name.Equals(name, StringComparison.Ordinal)) return item;
        return null;
    }

    /// <summary>A parameter whose name begins so and goes on.</summary>
    public string? FindLongerName(string prefix) => _items?.Find(item => item.Name.Length > prefix.Length && item.Name.StartsWith(prefix, StringComparison.Ordinal)).Name;

    public static ParameterList Parse(ReadOnlySpan<char> text)
    {
        var items = new List<(string, string, bool)>(4);
        while (true)
        {
            text = text.TrimStart(" \t");
            if (text.IsEmpty) return new(items, problem: null);
            if (text[0] != ';') return Wrong("a semicolon is expected between parameters.");
            text = text[1..].TrimStart(" \t");

            var length = Token.Length(text);
            if (length == 0) return Wrong("a parameter has no name.");
            var name = text[..length].ToString().ToLowerInvariant();
            text = text[length..];
            if (text.IsEmpty || text[0] != '=') return Wrong($"the parameter {name} has no value.");
            text = text[1..];

            string value;
            var quoted = !text.IsEmpty && text[0] == '"';
            if (quoted)
            {
                var used = Unquote(text, out value);
                if (used == 0) return Wrong($"the quotes round {name} are not closed.");
                text = text[used..];
            }
            else
            {
                length = Token.Length(text);
                if (length == 0) return Wrong($"the value of {name} is neither a token nor quoted.");
                value = text[..length].ToString();
                text = text[length..];
            }
            if (items.Exists(item => item.Item1.Equals(name, StringComparison.Ordinal))) return Wrong($"the parameter {name} is given twice.");
            if (items.Count == MaxParameters) return Wrong($"there are more than {MaxParameters} parameters.");
            items.Add((name, value, quoted));
        }

        static ParameterList Wrong(string problem) => new(items: null, problem);
    }

    /// <summary>
    /// Reads a quoted string; returns how many characters it took, 0 when it is not closed. A backslash escapes a quote or a backslash (RFC 9110; curl before 7.81, Go);
    /// before anything else it is itself, as browsers and old paths mean it.
    /// </summary>
    private static int Unquote(ReadOnlySpan<char> text, out string value)
    {
        value = "";
        var end = text[1..].IndexOfAny('"', '\\') + 1;
        if (end == 0) return 0;
        if (text[end] == '"')
        {
            value = text[1..end].ToString();
            return end + 1;
        }
        var unescaped = new StringBuilder(text.Length);
        for (var i = 1; i < text.Length; i++)
        {
            var c = text[i];
            if (c == '"')
            {
                value = unescaped.ToString();
                return i + 1;
            }
            if (c == '\\' && i + 1 < text.Length && text[i + 1] is '"' or '\\') c = text[++i];
            unescaped.Append(c);
        }
        return 0;
    }
}
