using Gatehouse.Genesys.Routes;

namespace Gatehouse.Gateway.Configuration;

/// <summary>The routes that there are, and which of them a configuration offers: <c>Delivery:Route</c>, those that have a section of their own filled in, and those that <c>Delivery:Offer</c> names.</summary>
public static class RouteOffer
{
    /// <param name="Carries">The largest file that goes by it as itself.</param>
    /// <param name="HasSection">Its own section says that it is wanted.</param>
    /// <param name="Lacks">The key that it cannot do without and that is empty; null: none.</param>
    /// <param name="HandsOutLinks">What it sends has a link to the file in it.</param>
    private sealed record Entry(string Name, Func<GatehouseOptions, long> Carries, Func<GatehouseOptions, bool> HasSection, Func<GatehouseOptions, ConfigurationKey?> Lacks, bool HandsOutLinks = false);

    private static readonly IReadOnlyList<Entry> All =
    [
        new(ContactAttachmentsRoute.RouteName, static _ => ContactAttachmentsRoute.MostBytes, static _ => false, static _ => null),
        new(OpenMessagingRoute.RouteName, static _ => OpenMessagingRoute.MostBytes, static o => o.OpenMessaging.IntegrationId.Length > 0,
            static o => o.OpenMessaging.IntegrationId.Length == 0 ? Keys.IntegrationId : null, HandsOutLinks: true),
        new(AgentMediaRoute.RouteName, static _ => AgentMediaRoute.MostBytes, static _ => false, static _ => null),
        new(WebMessagingRoute.RouteName, static o => o.WebMessaging.MaxFileSizeKB * 1000L, static o => o.WebMessaging.DeploymentId.Length > 0, LackOfWebMessaging),
        new(ContactNoteRoute.RouteName, static _ => ContactNoteRoute.MostBytes, static _ => false, static _ => null, HandsOutLinks: true),
    ];

    public static IReadOnlyList<string> Names { get; } = [.. All.Select(static r => r.Name)];

    /// <summary>What may be chosen, the default first. A route that lacks its configuration is not on offer.</summary>
    public static IReadOnlyList<string> Of(GatehouseOptions options) =>
        [.. Wanted(options).Select(Find).OfType<Entry>().Where(r => r.Lacks(options) is null).Select(static r => r.Name).Distinct(StringComparer.Ordinal)];

    /// <summary>The largest file that goes by a route as itself; null: there is no such route.</summary>
    public static long? Carries(string name, GatehouseOptions options) => Find(name)?.Carries(options);

    /// <summary>The key that a route cannot do without and that is empty.</summary>
    public static ConfigurationKey? LackOf(string name, GatehouseOptions options) => Find(name)?.Lacks(options);

    /// <summary>What of the configuration makes links to files, to begin a sentence with; null: nothing.</summary>
    public static string? WhatHandsOutLinks(GatehouseOptions options) =>
        Wanted(options).FirstOrDefault(static name => Find(name) is { HandsOutLinks: true }) is { } route ? $"the route {route}"
        : options.LargeFiles.MaxFileBytes > 0 ? Keys.LargeFileBytes.Name
        : null;

    private static IEnumerable<string> Wanted(GatehouseOptions options) =>
        [options.Delivery.Route, .. All.Where(r => r.HasSection(options)).Select(static r => r.Name), .. options.Delivery.Offer];

    private static TextKey? LackOfWebMessaging(GatehouseOptions options)
    {
        if (options.WebMessaging.DeploymentId.Length == 0) return Keys.DeploymentId;
        if (options.WebMessaging.TokenKey.Length == 0) return Keys.TokenKey;
        return options.WebMessaging.Address.Length == 0 && options.Genesys.ToGenesys().WebMessagingHost() is null ? Keys.WebMessagingAddress : null;
    }

    private static Entry? Find(string name) => All.FirstOrDefault(r => string.Equals(r.Name, name, StringComparison.Ordinal));
}
