using Gatehouse.Gateway.Configuration;
using Gatehouse.Gateway.Hosting;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;
using Microsoft.AspNetCore.Routing.Template;

namespace Gatehouse.Deployment.Tests.Product;

/// <summary>The addresses that the gateway answers.</summary>
internal static class Routes
{
    private static readonly List<RouteTemplate> Templates = Read();

    public static bool Answers(string path) => Templates.Any(t => new TemplateMatcher(t, new RouteValueDictionary()).TryMatch(path, new RouteValueDictionary()));

    private static List<RouteTemplate> Read()
    {
        using var folder = new TemporaryFolder();
        var options = new GatehouseOptions
        {
            Data = new DataOptions { Directory = folder.Path },
            State = new StateOptions { Store = StateStore.Memory },
            Delivery = new DeliveryOptions { Route = "contact-attachments" },
            Genesys = new GenesysSettings { Region = "us-east-1", ClientId = "some", ClientSecret = "some" },
        };
        using var host = GatehouseHost.Build(WebApplication.CreateSlimBuilder(), options);
        return [.. ((IEndpointRouteBuilder)host).DataSources.SelectMany(s => s.Endpoints).OfType<RouteEndpoint>().Select(e => new RouteTemplate(e.RoutePattern))];
    }
}
