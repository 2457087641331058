using Microsoft.Extensions.Configuration;

namespace Gatehouse.Gateway.Configuration;

/// <summary>
/// A list from configuration. .NET lays sources over each other index by index, so a shorter list on the command line would keep the tail of the file's longer one;
/// for a list of what is let in that is a hole, so the last source that says anything says it all.
/// </summary>
internal static class ConfiguredList
{
    /// <summary>Null: no source has it.</summary>
    public static IReadOnlyList<string>? Read(IConfiguration configuration, string name)
    {
        if (configuration is not IConfigurationRoot root) return Indexed(configuration.GetSection(name)) ?? Split(configuration[name]);
        foreach (var provider in root.Providers.Reverse())
        {
            var indexes = provider.GetChildKeys([], name).Distinct(StringComparer.OrdinalIgnoreCase).Order(ConfigurationKeyComparer.Instance).ToList();
            if (indexes.Count > 0)
                return [.. indexes.Select(i => provider.TryGet(ConfigurationPath.Combine(name, i), out var v) ? v : null).OfType<string>().Select(v => v.Trim())];
            if (provider.TryGet(name, out var all) && Split(all) is { } list) return list;
        }

        return null;
    }

    private static List<string>? Indexed(IConfigurationSection section)
    {
        List<string> values = [.. section.GetChildren().Select(c => c.Value).OfType<string>().Select(v => v.Trim())];
        return values.Count > 0 ? values : null;
    }

    private static List<string>? Split(string? text) =>
        string.IsNullOrWhiteSpace(text) ? null : [.. text.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)];
}
