using System.Globalization;
using Microsoft.Extensions.Configuration;

namespace Gatehouse.Gateway.Configuration;

/// <summary>One caller's key, as configured; made with <c>keys new</c>.</summary>
/// <param name="Expires">Null: never.</param>
public sealed record ApiKeySettings(string Name, string Hash, IReadOnlyList<string> Scopes, DateTimeOffset? Expires)
{
    public static readonly IReadOnlyList<string> KnownScopes = ["upload", "read", "admin"];

    internal static IReadOnlyList<ApiKeySettings> Read(IConfiguration configuration, KeyReader reader)
    {
        List<ApiKeySettings> keys = [];
        foreach (var section in configuration.GetSection("ApiKeys").GetChildren())
            keys.Add(ReadOne(configuration, section, reader));
        foreach (var twice in keys.Where(k => k.Name.Length > 0).GroupBy(k => k.Name, StringComparer.Ordinal).Where(g => g.Count() > 1))
            reader.Add($"ApiKeys has the name \"{twice.Key}\" {twice.Count().ToString(CultureInfo.InvariantCulture)} times: each key must have a name of its own.");
        return keys;
    }

    private static ApiKeySettings ReadOne(IConfiguration configuration, IConfigurationSection section, KeyReader reader)
    {
        var name = section["Name"]?.Trim() ?? "";
        if (name.Length == 0) reader.Add($"{section.Path}:Name is empty: it must be the caller's name.");
        var hash = section["Hash"]?.Trim() ?? "";
        if (hash.Length == 0) reader.Add($"{section.Path}:Hash is empty: it must be the hash that keys new printed.");
        var scopes = ConfiguredList.Read(configuration, section.Path + ":Scopes") ?? [];
        if (scopes.Count == 0) reader.Add($"{section.Path}:Scopes is empty: it must be one or more of {string.Join(", ", KnownScopes)}.");
        foreach (var scope in scopes.Where(s => !KnownScopes.Contains(s, StringComparer.Ordinal)))
            reader.Add($"{section.Path}:Scopes has \"{scope}\": it must be one or more of {string.Join(", ", KnownScopes)}.");
        return new(name, hash, scopes, Expiry(section, reader));
    }

    private static DateTimeOffset? Expiry(IConfigurationSection section, KeyReader reader)
    {
        var text = section["Expires"]?.Trim() ?? "";
        if (text.Length == 0) return null;
        if (DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out var at)) return at;
        reader.Add($"{section.Path}:Expires is \"{text}\": it must be a date and time such as 2027-01-31T00:00:00Z, or empty.");
        return null;
    }
}
