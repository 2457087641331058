using System.Collections.Frozen;

namespace Gatehouse.Genesys;

/// <summary>Where one Genesys Cloud region, or what stands in for it, is reached.</summary>
/// <param name="Login">OAuth lives here, at <c>/oauth/token</c>.</param>
/// <param name="Api">The Platform API lives here, under <c>/api/v2</c>.</param>
/// <param name="IsGenesysCloud">A region of Genesys' own, not a simulator or a gateway elsewhere.</param>
public sealed record GenesysHosts(Uri Login, Uri Api, bool IsGenesysCloud)
{
    /// <summary>Messenger's guests connect here; null where no region says so.</summary>
    public Uri? WebMessaging { get; init; }
}

/// <summary>The regions of Genesys Cloud: the 18 that Genesys' own .NET SDK 270.0.0 knows.</summary>
public static class GenesysRegions
{
    private static readonly FrozenDictionary<string, string> Domains = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase)
    {
        ["us_east_1"] = "mypurecloud.com",
        ["us_east_2"] = "use2.us-gov-pure.cloud",
        ["us_west_2"] = "usw2.pure.cloud",
        ["ca_central_1"] = "cac1.pure.cloud",
        ["mx_central_1"] = "mxc1.pure.cloud",
        ["sa_east_1"] = "sae1.pure.cloud",
        ["eu_west_1"] = "mypurecloud.ie",
        ["eu_west_2"] = "euw2.pure.cloud",
        ["eu_central_1"] = "mypurecloud.de",
        ["eu_central_2"] = "euc2.pure.cloud",
        ["eusc_de_east_1"] = "edee1.eusc-pure.cloud",
        ["me_central_1"] = "mec1.pure.cloud",
        ["ap_south_1"] = "aps1.pure.cloud",
        ["ap_southeast_1"] = "apse1.pure.cloud",
        ["ap_southeast_2"] = "mypurecloud.com.au",
        ["ap_northeast_1"] = "mypurecloud.jp",
        ["ap_northeast_2"] = "apne2.pure.cloud",
        ["ap_northeast_3"] = "apne3.pure.cloud",
    }.ToFrozenDictionary(StringComparer.OrdinalIgnoreCase);

    /// <summary>Every region's name and domain, by name.</summary>
    public static IReadOnlyList<(string Name, string Domain)> All { get; } = [.. Domains.OrderBy(r => r.Key, StringComparer.Ordinal).Select(r => (r.Key, r.Value))];

    /// <summary>The hosts of a region, given by name (<c>us-east-1</c>, <c>us_east_1</c>) or by domain (<c>mypurecloud.com</c>); null when there is no such region.</summary>
    public static GenesysHosts? Find(string region)
    {
        var given = region.Trim();
        if (!Domains.TryGetValue(given.Replace('-', '_'), out var domain)) domain = All.FirstOrDefault(r => string.Equals(r.Domain, given, StringComparison.OrdinalIgnoreCase)).Domain;
        return domain is null ? null : new GenesysHosts(new Uri($"https://login.{domain}"), new Uri($"https://api.{domain}"), IsGenesysCloud: true) { WebMessaging = new Uri($"wss://webmessaging.{domain}/v1") };
    }
}
