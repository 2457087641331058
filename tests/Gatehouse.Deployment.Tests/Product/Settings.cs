using Gatehouse.Gateway.Callers;
using Gatehouse.Gateway.Configuration;
using Microsoft.Extensions.Configuration;

namespace Gatehouse.Deployment.Tests.Product;

/// <summary>What a deployment gives to Gatehouse, as the environment names it: <c>Section__Key</c>.</summary>
internal static class Settings
{
    /// <summary>Read by .NET itself.</summary>
    private static readonly string[] OfDotNet = ["ASPNETCORE_HTTP_PORTS", "DOTNET_SYSTEM_GLOBALIZATION_INVARIANT"];

    /// <summary>Empty: each is a key, and Production would start with them. Secrets count as given, with a value that could be one.</summary>
    public static IReadOnlyList<string> Faults(IEnumerable<KeyValuePair<string, string>> environment, IEnumerable<string> secrets)
    {
        Dictionary<string, string?> given = new(StringComparer.OrdinalIgnoreCase);
        foreach (var (name, value) in environment.Where(e => !OfDotNet.Contains(e.Key, StringComparer.Ordinal))) given[Key(name)] = value;
        foreach (var name in secrets) given[Key(name)] = SomeSecret(Key(name));
        List<string> faults = [.. given.Keys.Where(k => Find(k) is null).Select(k => $"{k} is not a key of Gatehouse")];

        // Which stores a release has is its own matter; what it is told must be of the contract.
        foreach (var key in (ChoiceKey[])[Keys.StateStore, Keys.BlobStore])
            if (given.Remove(key.Name, out var store) && store is not null && !key.Choices.Contains(store, StringComparer.Ordinal)) faults.Add($"{key.Name} is \"{store}\"");
        given.Remove(Keys.ConnectionString.Name);
        return [.. faults, .. GatehouseOptions.Read(new ConfigurationBuilder().AddInMemoryCollection(given).Build(), "Production").Problems];
    }

    public static bool IsSecret(string name) => Find(Key(name)) is { Secret: true };

    private static string Key(string name) => name.Replace("__", ":", StringComparison.Ordinal);

    private static ConfigurationKey? Find(string key)
    {
        var parts = key.Split(':');
        if (parts is ["ApiKeys", _, ..]) parts[1] = "N";
        if (parts is ["Links", "Keys", _, ..]) parts[2] = "N";
        return Keys.All.FirstOrDefault(k => string.Equals(k.Name, string.Join(':', parts), StringComparison.Ordinal));
    }

    private static string SomeSecret(string key) => key.EndsWith(":Hash", StringComparison.Ordinal) ? ApiKeys.New("some", CallerScopes.Upload, expires: null).Options.Hash : "some-secret";
}
