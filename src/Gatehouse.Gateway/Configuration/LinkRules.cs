namespace Gatehouse.Gateway.Configuration;

/// <summary>What must hold of links before anything starts.</summary>
internal static class LinkRules
{
    /// <summary>A signing key must be as hard to guess as a signature: 32 characters of base64 hold 192 bits.</summary>
    private const int LeastSecret = 32;

    /// <summary>Whether this gateway serves links or its object store does: a store's own live only so long, and no longer than the credentials that made them.</summary>
    public static bool AreTheStores(GatehouseOptions options) => options.Blobs.LongestLink is { } longest && TimeSpan.FromHours(options.Links.LifetimeHours) <= longest;

    private const string MakeOne = "make one with: openssl rand -base64 32";

    public static IEnumerable<string> Check(GatehouseOptions options) => [.. Keyring(options.Links.Keys), .. Address(options), .. Needed(options)];

    private static IEnumerable<string> Needed(GatehouseOptions options)
    {
        if (RouteOffer.WhatHandsOutLinks(options) is not { } what || AreTheStores(options)) yield break;
        var why = options.Blobs.LongestLink is { } longest ? longest > TimeSpan.Zero
            ? $", as {options.Links.LifetimeHours} hours ({Keys.LinksLifetimeHours.Name}) are more than the {longest.TotalHours} that a link of the store {options.Blobs.Store} can live"
            : $", as links that the store {options.Blobs.Store} makes with temporary credentials end with them" : "";
        if (options.Links.PublicBaseUrl is null)
            yield return $"{Keys.LinksPublicBaseUrl.Name} is empty: {what} hands out links that Gatehouse serves{why}, so it must be the address under which Genesys Cloud and its agents reach this gateway, such as https://uploads.example.com.";
        if (options.Links.Keys.Count == 0)
            yield return $"Links:Keys is empty: {what} hands out links that Gatehouse signs{why}, so there must be a key, Links:Keys:0:Id with Links:Keys:0:Secret; {MakeOne}.";
    }

    private static IEnumerable<string> Address(GatehouseOptions options)
    {
        if (options.Links.PublicBaseUrl is not { } address) yield break;
        var shown = address.GetComponents(UriComponents.SchemeAndServer | UriComponents.Path, UriFormat.UriEscaped);
        if (address.Query.Length > 0 || address.Fragment.Length > 0 || address.UserInfo.Length > 0)
            yield return $"{Keys.LinksPublicBaseUrl.Name} is \"{shown}…\": it must be an address without user, query and fragment, such as https://uploads.example.com.";
        // With the embedded simulator it may be an interface of this machine: what fetches is here too.
        if (!string.Equals(address.Scheme, Uri.UriSchemeHttps, StringComparison.Ordinal) && !address.IsLoopback && !options.Simulator.Embedded)
            yield return $"{Keys.LinksPublicBaseUrl.Name} is \"{shown}\": it must be https, as whoever sees a link on its way has the file.";
    }

    private static IEnumerable<string> Keyring(IReadOnlyList<LinkKeyOptions> keys)
    {
        if (keys.Count > 2) yield return $"Links:Keys has {keys.Count} entries: it must have one, or two while a new one takes the place of an old one.";
        for (var i = 0; i < keys.Count; i++)
        {
            if (keys[i].Id.Length is 0 or > 32 || !keys[i].Id.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_'))
                yield return $"Links:Keys:{i}:Id is \"{keys[i].Id}\": it must be 1 to 32 letters, digits, hyphens and underscores.";
            if (keys[i].Secret.Length < LeastSecret)
                yield return $"Links:Keys:{i}:Secret is wrong: it must have at least {LeastSecret} characters; {MakeOne}.";
        }
        foreach (var twice in keys.GroupBy(key => key.Id, StringComparer.Ordinal).Where(group => group.Count() > 1))
            yield return $"Links:Keys has two entries with the Id \"{twice.Key}\": each must have one of its own, by which a link names the key that signed it.";
    }
}
