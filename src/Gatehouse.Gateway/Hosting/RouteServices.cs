using Gatehouse.Gateway.Configuration;
using Gatehouse.Genesys;
using Gatehouse.Genesys.Routes;
using Microsoft.Extensions.DependencyInjection;

namespace Gatehouse.Gateway.Hosting;

/// <summary>The delivery routes that the configuration offers.</summary>
internal static class RouteServices
{
    public static IServiceCollection AddRoutes(this IServiceCollection services, GatehouseOptions options)
    {
        var offered = RouteOffer.Of(options);
        services.AddSingleton(options.OpenMessaging.ToGenesys()).AddSingleton<SupportedContent>();
        if (offered.Contains(WebMessagingRoute.RouteName, StringComparer.Ordinal))
        {
            services.AddSingleton(s => options.WebMessaging.ToGenesys(s.GetRequiredService<GenesysOptions>().WebMessagingHost()));
            services.AddSingleton(new GuestTokenVault(options.WebMessaging.SealingKey));
        }
        services.AddSingleton<ContactNoteRoute>();
        foreach (var name in offered) services.AddSingleton(s => WithLargeFiles(Make(s, name), s, options));
        return services;
    }

    private static IDeliveryRoute Make(IServiceProvider services, string name) => name switch
    {
        ContactAttachmentsRoute.RouteName => ActivatorUtilities.CreateInstance<ContactAttachmentsRoute>(services),
        OpenMessagingRoute.RouteName => ActivatorUtilities.CreateInstance<OpenMessagingRoute>(services),
        AgentMediaRoute.RouteName => ActivatorUtilities.CreateInstance<AgentMediaRoute>(services),
        WebMessagingRoute.RouteName => ActivatorUtilities.CreateInstance<WebMessagingRoute>(services),
        ContactNoteRoute.RouteName => services.GetRequiredService<ContactNoteRoute>(),
        _ => throw new ArgumentOutOfRangeException(nameof(name), name, message: null),
    };

    /// <summary>A route that has no messages of its own leaves the link as a note on the contact.</summary>
    private static IDeliveryRoute WithLargeFiles(IDeliveryRoute route, IServiceProvider services, GatehouseOptions options) => options.LargeFiles.MaxFileBytes > route.MaxFileBytes
        ? new LargeFileRoute(route, route as ILinkMessage ?? services.GetRequiredService<ContactNoteRoute>(), options.LargeFiles.MaxFileBytes)
        : route;
}
