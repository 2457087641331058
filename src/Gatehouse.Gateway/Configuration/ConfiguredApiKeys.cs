using System.Globalization;
using Gatehouse.Gateway.Callers;
using Microsoft.Extensions.Configuration;

namespace Gatehouse.Gateway.Configuration;

/// <summary>The section <c>ApiKeys</c>: one entry a caller, made with <c>keys new</c>.</summary>
internal static class ConfiguredApiKeys
{
    public static IReadOnlyList<ApiKeyOptions> Read(IConfiguration configuration, KeyReader reader)
    {
        List<ApiKeyOptions> keys = [.. configuration.GetSection("ApiKeys").GetChildren().Select(section => new ApiKeyOptions
        {
            Name = section["Name"]?.Trim() ?? "",
            Hash = section["Hash"]?.Trim() ?? "",
            Scopes = string.Join(',', ConfiguredList.Read(configuration, section.Path + ":Scopes") ?? []),
            Expires = Expiry(section, reader),
        })];
        foreach (var problem in ApiKeys.Check(keys)) reader.Add(problem);
        return keys;
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
