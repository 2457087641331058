using Microsoft.Extensions.Configuration;

namespace Gatehouse.Gateway.Configuration;

/// <summary>The web server's own section, <c>Kestrel</c>: certificates and protocols are read from it, addresses are not, as no rule here would have looked at them.</summary>
public static class ServerSection
{
    public const string Name = "Kestrel";

    /// <summary>A sentence where it opens addresses.</summary>
    public static IEnumerable<string> Check(IConfiguration configuration)
    {
        foreach (var endpoint in configuration.GetSection($"{Name}:Endpoints").GetChildren())
            yield return $"{endpoint.Path} is an address to listen on beside {Keys.Urls.Name}: give all of them in {Keys.Urls.Name}, separated by semicolons; a certificate for https goes into {Name}:Certificates:Default.";
    }
}
