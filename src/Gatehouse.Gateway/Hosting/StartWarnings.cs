using System.Globalization;
using Gatehouse.Actors.Contacts;
using Gatehouse.Gateway.Configuration;
using Gatehouse.Genesys.Routes;

namespace Gatehouse.Gateway.Hosting;

/// <summary>What is allowed, but what an operator must know before the first upload: one sentence each.</summary>
public static class StartWarnings
{
    public static IEnumerable<string> Of(GatehouseOptions options, ContactRules rules)
    {
        if (RouteOffer.Of(options).Contains(ContactAttachmentsRoute.RouteName, StringComparer.Ordinal)
            && ContactAttachmentsRoute.StartupWarning(options.Genesys.ToGenesys().ResolveHosts()) is { } undocumented)
            yield return undocumented;

        // Over the whole retention a contact may send more than one window's files.
        var windows = Math.Max(1, Math.Ceiling(rules.DedupeRetention / rules.Window));
        if (rules.DedupeRetention > TimeSpan.Zero && options.Quotas.MaxFiles * windows > rules.MaxRemembered)
        {
            yield return string.Create(CultureInfo.InvariantCulture,
                $"{Keys.MaxFiles.Name} is {options.Quotas.MaxFiles}, but only a contact's last {rules.MaxRemembered} uploads are remembered: a duplicate of an older one is sent again, even inside {Keys.RetentionHours.Name}.");
        }
    }
}
