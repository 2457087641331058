using Gatehouse.Gateway.Configuration;
using Microsoft.Extensions.Configuration;

namespace Gatehouse.Api.Tests.Configuration;

/// <summary>Configurations of known content, one source over the other.</summary>
internal static class Configured
{
    public static ConfigurationManager With(params (string Key, string Value)[][] sources)
    {
        var configuration = new ConfigurationManager();
        foreach (var source in sources)
            configuration.AddInMemoryCollection(source.Select(s => KeyValuePair.Create(s.Key, (string?)s.Value)));
        return configuration;
    }

    public static ConfigurationResult Read(params (string Key, string Value)[] settings) => GatehouseOptions.Read(With(settings), "Development");

    /// <summary>As <c>config</c> prints it.</summary>
    public static IReadOnlyList<ConfiguredValue> Shown(params (string Key, string Value)[] settings) => ConfiguredValues.List(With(settings), Read(settings).Options);

    public static string OnlyProblem(params (string Key, string Value)[] settings) => Assert.Single(Read(settings).Problems);
}
