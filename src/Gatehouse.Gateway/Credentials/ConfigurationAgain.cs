using Microsoft.Extensions.Configuration;

namespace Gatehouse.Gateway.Credentials;

/// <summary>The configuration as it would be read by a start now: the same sources, read anew. What the start read stays as it was.</summary>
public sealed class ConfigurationAgain
{
    private readonly IConfigurationSource[] _sources;
    private readonly KeyValuePair<string, object>[] _properties;

    public ConfigurationAgain(IConfigurationBuilder configuration) => (_sources, _properties) = ([.. configuration.Sources], [.. configuration.Properties]);

    /// <summary>For a look: dispose it after. What its sources share with the start's configuration outlives it.</summary>
    /// <exception cref="IOException">A file cannot be read, or is being written.</exception>
    /// <exception cref="InvalidDataException">A file is not what it should be.</exception>
    public ConfigurationRoot Read()
    {
        var again = new ConfigurationBuilder();
        foreach (var (name, value) in _properties) again.Properties[name] = value;
        foreach (var source in _sources) again.Add(Shared(source));
        return (ConfigurationRoot)again.Build();
    }

    /// <summary>A whole configuration among the sources is the start's own, whoever was to dispose it then.</summary>
    private static IConfigurationSource Shared(IConfigurationSource source) => source is ChainedConfigurationSource { Configuration: { } whole } ? new ChainedConfigurationSource { Configuration = whole } : source;
}
