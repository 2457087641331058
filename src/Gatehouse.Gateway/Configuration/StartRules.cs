using System.Globalization;
using Gatehouse.Genesys.Routes;
using Gatehouse.Inspection;

namespace Gatehouse.Gateway.Configuration;

/// <summary>What must hold between keys before anything starts.</summary>
internal static class StartRules
{
    public static IEnumerable<string> Check(GatehouseOptions options, string environment) =>
        [.. Callers(options, environment), .. Genesys(options), .. Route(options), .. Types(options), .. Retention(options), .. Addresses(options), .. Blobs(options), .. Folders(options), .. LinkRules.Check(options)];

    private static IEnumerable<string> Callers(GatehouseOptions options, string environment)
    {
        if (options.ApiKeys.Count > 0) yield break;
        if (!string.Equals(environment, "Development", StringComparison.OrdinalIgnoreCase))
            yield return $"ApiKeys is empty: outside Development there must be at least one key (the environment is {environment}); make one with: keys new --name NAME --scopes upload.";
        else
            foreach (var url in options.Urls.Where(u => ListenAddress.TryRead(u, out var address) && !address.IsLoopback))
                yield return $"{Keys.Urls.Name} has \"{url}\": without ApiKeys it must be a loopback address such as http://127.0.0.1:8080.";
    }

    private static IEnumerable<string> Genesys(GatehouseOptions options) => options.Simulator.Embedded ? [] : options.Genesys.ToGenesys().Validate();

    private static IEnumerable<string> Route(GatehouseOptions options)
    {
        var name = options.Delivery.Route;
        foreach (var sentence in Usable(Keys.Route, name, options)) yield return sentence;
        foreach (var sentence in options.Delivery.Offer.SelectMany(offered => Usable(Keys.Offer, offered, options))) yield return sentence;
        var isNamed = options.Delivery.Offer.Append(name).Contains(WebMessagingRoute.RouteName, StringComparer.Ordinal);
        if (!isNamed && options.WebMessaging.DeploymentId.Length > 0 && RouteOffer.LackOf(WebMessagingRoute.RouteName, options) is { } lack)
            yield return $"{lack.Name} is empty: with {Keys.DeploymentId.Name} it must be set.";
        if (RouteOffer.Carries(name, options) is { } carries && options.Limits.MaxFileBytes > carries && options.LargeFiles.MaxFileBytes < options.Limits.MaxFileBytes)
            yield return string.Create(CultureInfo.InvariantCulture, $"{Keys.MaxFileBytes.Name} is \"{options.Limits.MaxFileBytes}\": it must be at most {carries}, which is what the route {name} carries{(options.LargeFiles.MaxFileBytes > 0 ? $", or {Keys.LargeFileBytes.Name} at least as much" : "")}.");
    }

    private static IEnumerable<string> Usable(ConfigurationKey key, string name, GatehouseOptions options)
    {
        if (RouteOffer.Carries(name, options) is null)
            yield return $"{key.Name} is {(name.Length == 0 ? "empty" : $"\"{name}\"")}: it must be {string.Join(" or ", RouteOffer.Names)}.";
        else if (RouteOffer.LackOf(name, options) is { } lack)
            yield return $"{lack.Name} is empty: the route {name} ({key.Name}) needs it.";
    }

    private static IEnumerable<string> Types(GatehouseOptions options)
    {
        var known = Inspector.ValidatedTypes.Distinct(StringComparer.Ordinal).ToList();
        return options.Limits.AllowedTypes.Where(t => !known.Contains(t, StringComparer.Ordinal))
            .Select(t => $"{Keys.AllowedTypes.Name} has \"{t}\": it must be of {string.Join(", ", known)}; other types cannot be checked to their end.");
    }

    private static IEnumerable<string> Blobs(GatehouseOptions options)
    {
        if (options.Blobs.Store is BlobsOptions.Postgres && options.State.Store != StateStore.Postgres)
            yield return $"{Keys.BlobStore.Name} is \"{BlobsOptions.Postgres}\": {Keys.StateStore.Name} must be postgres too, as the files go into its database.";
    }

    /// <summary>What is deleted there by its age, or by its name, must not be anything else's.</summary>
    private static IEnumerable<string> Folders(GatehouseOptions options)
    {
        var data = options.Data.Directory;
        HashSet<string> used = [.. new[] { data, Path.Combine(data, "spool"), Path.Combine(data, "spare"), Path.Combine(data, "blobs"), Path.Combine(data, "segments") }.Select(Path.TrimEndingDirectorySeparator)];
        var audit = options.Audit.Directory ?? Path.Combine(data, "audit");
        foreach (var (key, folder) in new[] { (Keys.AuditDirectory, audit), (Keys.QuarantineDirectory, options.Quarantine.Directory) })
        {
            if (folder is not null && !used.Add(Path.TrimEndingDirectorySeparator(folder))) yield return $"{key.Name} is \"{folder}\": it must be a folder of its own, as Gatehouse keeps something else there.";
        }
    }

    /// <summary>A duplicate whose first upload's row had been swept could be answered with nothing.</summary>
    private static IEnumerable<string> Retention(GatehouseOptions options)
    {
        var kept = options.Uploads.KeepDays * 24L;
        if (options.Dedupe.RetentionHours > kept)
            yield return string.Create(CultureInfo.InvariantCulture, $"{Keys.RetentionHours.Name} is \"{options.Dedupe.RetentionHours}\": it must be at most {kept}, as a duplicate is answered with its first upload's row and {Keys.KeepDays.Name} is {options.Uploads.KeepDays}.");
    }

    private static IEnumerable<string> Addresses(GatehouseOptions options)
    {
        const string Allowed = ListenAddress.Allowed + "; several are separated by semicolons";
        if (options.Urls.Count == 0) yield return $"{Keys.Urls.Name} has no address: it must be {Allowed}.";
        foreach (var url in options.Urls.Where(u => !ListenAddress.TryRead(u, out _)))
            yield return $"{Keys.Urls.Name} has {(AddressKey.MayHoldSecret(url) ? "an address with a user, a query or a fragment" : $"\"{url}\"")}: it must be {Allowed}.";
    }
}
