using Microsoft.Extensions.Configuration;

namespace Gatehouse.Gateway.Configuration;

/// <summary>The environment variables that Genesys' own tools use, read where the key of ours is empty.</summary>
internal static class GenesysAliases
{
    private static readonly (string Alias, ConfigurationKey Key)[] Aliases =
    [
        ("GENESYS_CLIENT_ID", Keys.ClientId),
        ("GENESYS_CLIENT_SECRET", Keys.ClientSecret),
        ("GENESYS_CLOUD_REGION", Keys.Region),
    ];

    public static IConfiguration Over(IConfiguration configuration)
    {
        var found = Aliases
            .Where(a => string.IsNullOrWhiteSpace(configuration[a.Key.Name]) && !string.IsNullOrWhiteSpace(configuration[a.Alias]))
            .ToDictionary(a => a.Key.Name, a => configuration[a.Alias], StringComparer.OrdinalIgnoreCase);
        if (found.Count == 0) return configuration;
        var layered = new ConfigurationBuilder();
        if (configuration is IConfigurationRoot root)
        {
            // The providers themselves, so that a list still knows which source each of its entries came from.
            foreach (var provider in root.Providers) layered.Add(new Loaded(provider));
        }
        else
        {
            layered.AddConfiguration(configuration);
        }

        return layered.AddInMemoryCollection(found).Build();
    }

    private sealed class Loaded(IConfigurationProvider provider) : IConfigurationSource
    {
        public IConfigurationProvider Build(IConfigurationBuilder builder) => provider;
    }
}
