using Microsoft.Extensions.Configuration;

namespace Gatehouse.Gateway.Configuration;

/// <summary>
/// Keys in sections of ours that nothing reads: a limit that was mistyped must not quietly stay at its default. Other top-level names are somebody else's (every
/// environment variable is one), unless such a section is spelt nearly like ours and holds a key of it.
/// </summary>
/// <param name="catalogue">Every key that the sections may hold.</param>
public sealed class UnknownKeys(IReadOnlyList<ConfigurationKey> catalogue)
{
    private readonly List<string> _names = [.. catalogue.Select(k => k.Name)];

    private readonly List<string> _sections = [.. catalogue.Where(k => k.Name.Contains(':', StringComparison.Ordinal)).Select(k => Section(k.Name)).Distinct(StringComparer.OrdinalIgnoreCase)];

    /// <summary>One sentence for each, with the nearest key that there is.</summary>
    public IEnumerable<string> Find(IConfiguration configuration)
    {
        foreach (var top in configuration.GetChildren())
        {
            if (_sections.FirstOrDefault(s => Same(s, top.Key)) is not null)
            {
                foreach (var sentence in Inside(top)) yield return sentence;
            }
            else if (_sections.FirstOrDefault(s => EditDistance.Between(s, top.Key) <= 2) is { } near)
            {
                foreach (var child in top.GetChildren().Where(c => _names.Exists(n => Same(n, $"{near}:{c.Key}"))))
                    yield return $"{child.Path} is not a key of Gatehouse: did you mean {near}:{child.Key}?";
            }
        }
    }

    private IEnumerable<string> Inside(IConfigurationSection section)
    {
        foreach (var leaf in section.AsEnumerable().Where(e => e.Value is not null).Select(e => e.Key))
        {
            var general = Generalised(leaf);
            if (_names.Exists(n => Same(n, general)) || (general.Length == section.Key.Length && leaf.Length == section.Key.Length)) continue;
            var nearest = _names.Where(n => Same(Section(n), section.Key)).MinBy(n => EditDistance.Between(n, general));
            yield return $"{leaf} is not a key of Gatehouse: did you mean {nearest}?";
        }
    }

    /// <summary><c>ApiKeys:0:Scopes:1</c> as the catalogue spells it: <c>ApiKeys:N:Scopes</c>; <c>Genesys:Clients:0:ClientId</c>: <c>Genesys:Clients:N:ClientId</c>.</summary>
    private string Generalised(string path)
    {
        var parts = path.Split(':').ToList();
        for (var i = 1; i < parts.Count; i++)
        {
            var list = $"{string.Join(':', parts.Take(i))}:N:";
            if (_names.Exists(n => n.StartsWith(list, StringComparison.OrdinalIgnoreCase))) parts[i] = "N";
        }
        var isListEntry = parts.Count > 2 && parts[^1].All(char.IsAsciiDigit);
        var name = string.Join(':', isListEntry ? parts.SkipLast(1) : parts);
        return isListEntry && catalogue.FirstOrDefault(k => Same(k.Name, name)) is not ListKey ? string.Join(':', parts) : name;
    }

    private static string Section(string name) => name[..Math.Max(0, name.IndexOf(':', StringComparison.Ordinal))];

    private static bool Same(string a, string b) => string.Equals(a, b, StringComparison.OrdinalIgnoreCase);
}
