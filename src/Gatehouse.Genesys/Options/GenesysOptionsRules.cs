using System.Globalization;

namespace Gatehouse.Genesys;

/// <summary>What <see cref="GenesysOptions"/> may hold.</summary>
internal static class GenesysOptionsRules
{
    private const int MaxCredentialLength = 256;
    private const int MaxClients = 32;

    public static GenesysHosts? Hosts(GenesysOptions options)
    {
        var region = string.IsNullOrWhiteSpace(options.Region) ? null : GenesysRegions.Find(options.Region);
        var login = BaseAddress(options.LoginBaseAddress) ?? region?.Login;
        var api = BaseAddress(options.ApiBaseAddress) ?? region?.Api;
        return login is null || api is null ? null : new GenesysHosts(login, api, IsGenesysCloud: region is not null && api == region.Api) { WebMessaging = region?.WebMessaging };
    }

    public static IEnumerable<string> Broken(GenesysOptions options)
    {
        if (!string.IsNullOrWhiteSpace(options.Region) && GenesysRegions.Find(options.Region) is null) yield return $"Genesys:Region is \"{options.Region}\", which is no region of Genesys Cloud. Allowed: {RegionNames()}.";
        foreach (var sentence in BadAddress(nameof(options.LoginBaseAddress), options.LoginBaseAddress)) yield return sentence;
        foreach (var sentence in BadAddress(nameof(options.ApiBaseAddress), options.ApiBaseAddress)) yield return sentence;
        if (string.IsNullOrWhiteSpace(options.Region) && (string.IsNullOrWhiteSpace(options.LoginBaseAddress) || string.IsNullOrWhiteSpace(options.ApiBaseAddress)))
            yield return $"Genesys:Region is empty. Set it to one of {RegionNames()}, or set both Genesys:LoginBaseAddress and Genesys:ApiBaseAddress.";
        foreach (var sentence in options.Clients.Count > 0 ? BadClients(options) : BadClient("Genesys", options.ClientId, options.ClientSecret)) yield return sentence;
        if (options.RequestsPerMinute is < 0 or > 100_000) yield return $"Genesys:RequestsPerMinute is {options.RequestsPerMinute.ToString(CultureInfo.InvariantCulture)}. Allowed: 0 (unlimited) to 100000.";
        foreach (var sentence in BadSeconds(nameof(options.ConnectTimeoutSeconds), options.ConnectTimeoutSeconds, 60)) yield return sentence;
        foreach (var sentence in BadSeconds(nameof(options.LoginTimeoutSeconds), options.LoginTimeoutSeconds, 12)) yield return sentence;
        foreach (var sentence in BadSeconds(nameof(options.CallTimeoutSeconds), options.CallTimeoutSeconds, 600)) yield return sentence;
    }

    private static IEnumerable<string> BadClients(GenesysOptions options)
    {
        if (!string.IsNullOrEmpty(options.ClientId) || !string.IsNullOrEmpty(options.ClientSecret)) yield return "Genesys:ClientId and Genesys:ClientSecret stand beside Genesys:Clients. Allowed: the one client or the list, not both.";
        if (options.Clients.Count > MaxClients) yield return $"Genesys:Clients has {options.Clients.Count.ToString(CultureInfo.InvariantCulture)} clients. Allowed: at most {MaxClients}.";
        foreach (var (index, client) in options.Clients.Index())
        {
            foreach (var sentence in BadClient(string.Create(CultureInfo.InvariantCulture, $"Genesys:Clients:{index}"), client.ClientId, client.ClientSecret)) yield return sentence;
        }
        foreach (var twice in options.Clients.GroupBy(c => c.ClientId, StringComparer.Ordinal).Where(same => same.Count() > 1 && !string.IsNullOrEmpty(same.Key)))
            yield return $"Genesys:Clients names {Shown(twice.Key)} twice. Allowed: each client once, as each has one budget.";
    }

    private static IEnumerable<string> BadClient(string section, string? id, string? secret)
    {
        if (!IsCredential(id)) yield return $"{section}:ClientId is {Shown(id)}. Allowed: 1 to {MaxCredentialLength} visible ASCII characters without a colon, the id of an OAuth client with the grant type Client Credentials.";
        else if (id!.Contains(':', StringComparison.Ordinal)) yield return $"{section}:ClientId is {Shown(id)}. A colon is not allowed in it (RFC 7617, section 2).";
        if (!IsCredential(secret)) yield return $"{section}:ClientSecret is {(string.IsNullOrEmpty(secret) ? "empty" : "not usable (its value is not shown)")}. Allowed: 1 to {MaxCredentialLength} visible ASCII characters, the client's secret.";
    }

    private static IEnumerable<string> BadAddress(string key, string? value)
    {
        if (string.IsNullOrWhiteSpace(value) || BaseAddress(value) is not null) yield break;
        // A password may stand before an @, a token in a query or a fragment.
        var shown = value.AsSpan().ContainsAny('@', '?', '#') ? "not usable (it holds an @, a ? or a #, so its value is not shown)" : $"\"{value}\"";
        yield return $"Genesys:{key} is {shown}. Allowed: an absolute http or https address without user, query or fragment, such as https://api.mypurecloud.com.";
    }

    private static IEnumerable<string> BadSeconds(string key, double value, int most)
    {
        if (value > 0 && value <= most) yield break;
        yield return string.Create(CultureInfo.InvariantCulture, $"Genesys:{key} is {value}. Allowed: more than 0, at most {most} seconds.");
    }

    private static Uri? BaseAddress(string? value) =>
        Uri.TryCreate(value?.Trim(), UriKind.Absolute, out var uri) && uri.Scheme is "http" or "https"
            && uri is { UserInfo.Length: 0, Query.Length: 0, Fragment.Length: 0, Host.Length: > 0 } ? uri : null;

    /// <summary>What an id or a secret can be.</summary>
    public static bool IsCredential(string? value) => value is { Length: > 0 and <= MaxCredentialLength } && value.All(c => c is > ' ' and < '\x7f');

    private static string Shown(string? value) => string.IsNullOrEmpty(value) ? "empty" : $"\"{(value.Length <= 64 ? value : value[..64] + "…")}\"";

    private static string RegionNames() => string.Join(", ", GenesysRegions.All.Select(r => $"{r.Name} ({r.Domain})"));
}
