using System.Globalization;
using Microsoft.Extensions.Configuration;

namespace Gatehouse.Gateway.Configuration;

/// <summary>A key as it stands.</summary>
/// <param name="Value">Masked where it is or may hold a secret; the default where nothing is configured.</param>
public sealed record ConfiguredValue(string Key, string Default, string Value);

/// <summary>Every key with its value, fit to be shown.</summary>
public static class ConfiguredValues
{
    private const string Mask = "********";

    /// <param name="options">What was read from it: with the simulator some keys that nobody set have another value than their default.</param>
    public static IReadOnlyList<ConfiguredValue> List(IConfiguration configuration, GatehouseOptions options)
    {
        configuration = GenesysAliases.Over(configuration);
        return [.. Keys.All.Where(k => !Keys.Lists.Any(list => list.Contains(k))).Select(k => InForce(Row(configuration, k, k.Name), options)), .. Keys.Lists.SelectMany(list => Entries(configuration, list))];
    }

    private static ConfiguredValue InForce(ConfiguredValue row, GatehouseOptions options)
    {
        if (!options.Simulator.Embedded) return row;
        var value =
            Is(Keys.Route) ? options.Delivery.Route
            : Is(Keys.RequestsPerMinute) ? options.Genesys.RequestsPerMinute.ToString(CultureInfo.InvariantCulture)
            : row.Value;
        return string.Equals(value, row.Value, StringComparison.Ordinal) ? row : row with { Value = $"{value} (simulator)" };

        bool Is(ConfigurationKey key) => string.Equals(row.Key, key.Name, StringComparison.Ordinal);
    }

    private static IEnumerable<ConfiguredValue> Entries(IConfiguration configuration, IReadOnlyList<ConfigurationKey> members)
    {
        var section = members[0].Name[..members[0].Name.IndexOf(":N:", StringComparison.Ordinal)];
        var entries = configuration.GetSection(section).GetChildren().Select(c => c.Key).ToList();
        return entries.Count == 0
            ? members.Select(k => new ConfiguredValue(k.Name, k.DefaultText, ""))
            : entries.SelectMany(c => members.Select(k => Row(configuration, k, k.Name.Replace(":N:", $":{c}:", StringComparison.Ordinal))));
    }

    private static ConfiguredValue Row(IConfiguration configuration, ConfigurationKey key, string name)
    {
        var value = key is ListKey ? string.Join(", ", ConfiguredList.Read(configuration, name) ?? []) : configuration[name] ?? "";

        // An empty address means none; elsewhere an empty value leaves the default.
        var isUnset = value.Length == 0 && !(key is AddressKey && configuration[name] is not null);
        return new(name, key.DefaultText, isUnset ? key.DefaultText : key.Hides(value) ? Mask : value);
    }
}
