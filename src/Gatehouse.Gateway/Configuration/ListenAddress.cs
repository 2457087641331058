using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Net;
using System.Net.Sockets;

namespace Gatehouse.Gateway.Configuration;

/// <summary>
/// An address to listen on, read more strictly than Kestrel reads it: to Kestrel whatever it cannot make out is a host name, and any host name but <c>localhost</c> means every interface, so
/// that one wrong letter would open them all.
/// </summary>
/// <param name="Scheme"><c>http</c> or <c>https</c>.</param>
/// <param name="Interface">What is listened on.</param>
public sealed record ListenAddress(string Scheme, IPAddress Interface, int Port)
{
    /// <summary>To end the sentence "it must be …".</summary>
    public const string Allowed =
        "http:// or https://, an IP address of this machine, localhost, or * for every interface, and a port from 0 to 65535 (0 takes a free one, but not of localhost), such as http://127.0.0.1:8080";

    private const string Localhost = "localhost";

    public bool IsLoopback => IPAddress.IsLoopback(Interface);

    /// <summary>Where it is reached from the machine itself.</summary>
    public Uri FromThisMachine => new UriBuilder(Scheme, (Interface.Equals(IPAddress.Any) ? IPAddress.Loopback : Interface.Equals(IPAddress.IPv6Any) ? IPAddress.IPv6Loopback : Interface).ToString(), Port).Uri;

    public static bool TryRead(string url, [NotNullWhen(true)] out ListenAddress? address)
    {
        address = null;
        if (url.Split("://", 2) is not [var scheme, var rest] || SchemeOf(scheme) is not var (known, usual)) return false;
        var (host, port) = Parts(rest.EndsWith('/') ? rest[..^1] : rest);
        if (InterfaceOf(host) is not { } on || PortOf(port, usual) is not { } number || (number == 0 && IsLocalhost(host))) return false;
        address = new(known, on, number);
        return true;
    }

    private static (string Scheme, int Port)? SchemeOf(string text) =>
        text.Equals(Uri.UriSchemeHttp, StringComparison.OrdinalIgnoreCase) ? (Uri.UriSchemeHttp, 80)
        : text.Equals(Uri.UriSchemeHttps, StringComparison.OrdinalIgnoreCase) ? (Uri.UriSchemeHttps, 443) : null;

    /// <summary>An IPv6 address has colons of its own, inside its brackets. The port is null where no colon announces one.</summary>
    private static (string Host, string? Port) Parts(string authority)
    {
        var colon = authority.IndexOf(':', authority.LastIndexOf(']') + 1);
        return colon < 0 ? (authority, null) : (authority[..colon], authority[(colon + 1)..]);
    }

    private static int? PortOf(string? text, int usual) =>
        text is null ? usual : ushort.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var port) ? port : null;

    private static IPAddress? InterfaceOf(string host)
    {
        if (IsLocalhost(host)) return IPAddress.Loopback;
        if (host is "*" or "+") return IPAddress.Any;
        if (!IPAddress.TryParse(host, out var ip)) return null;
        // As people write it: 8080 and 010.0.0.1 would be addresses too, but not those that were meant.
        if (ip.AddressFamily is AddressFamily.InterNetwork) return string.Equals(ip.ToString(), host, StringComparison.Ordinal) ? ip : null;
        return host is ['[', .. var inside, ']'] && !inside.AsSpan().ContainsAny("[]/") ? ip : null;
    }

    private static bool IsLocalhost(string host) => host.Equals(Localhost, StringComparison.OrdinalIgnoreCase);
}
