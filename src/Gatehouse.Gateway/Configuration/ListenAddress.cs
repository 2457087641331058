using System.Diagnostics.CodeAnalysis;
using System.Net;

namespace Gatehouse.Gateway.Configuration;

/// <summary>An address of <c>Urls</c> as Kestrel reads it: <c>*</c>, <c>+</c> and any host name but <c>localhost</c> mean every interface.</summary>
/// <param name="Interface">What is listened on.</param>
public sealed record ListenAddress(string Scheme, IPAddress Interface, int Port)
{
    public bool IsLoopback => IPAddress.IsLoopback(Interface);

    /// <summary>Where it is reached from the machine itself.</summary>
    public Uri FromThisMachine => new UriBuilder(Scheme, (Interface.Equals(IPAddress.Any) ? IPAddress.Loopback : Interface.Equals(IPAddress.IPv6Any) ? IPAddress.IPv6Loopback : Interface).ToString(), Port).Uri;

    public static bool TryRead(string url, [NotNullWhen(true)] out ListenAddress? address)
    {
        var named = url.Replace("://*", "://any", StringComparison.Ordinal).Replace("://+", "://any", StringComparison.Ordinal);
        address = Uri.TryCreate(named, UriKind.Absolute, out var uri) ? new(uri.Scheme, InterfaceOf(uri.Host), uri.Port) : null;
        return address is not null;
    }

    private static IPAddress InterfaceOf(string host)
    {
        if (string.Equals(host, "localhost", StringComparison.OrdinalIgnoreCase)) return IPAddress.Loopback;
        return IPAddress.TryParse(host.Trim('[', ']'), out var ip) ? ip : IPAddress.Any;
    }
}
