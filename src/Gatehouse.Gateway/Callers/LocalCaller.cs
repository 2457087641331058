using System.Net;
using Microsoft.AspNetCore.Http;

namespace Gatehouse.Gateway.Callers;

/// <summary>Requests of this machine itself.</summary>
internal static class LocalCaller
{
    /// <summary>From this machine, and not passed on by a proxy on it. A server that listens on one address only is reached from its own machine by that one.</summary>
    public static bool IsLocal(this HttpContext http)
    {
        var headers = http.Request.Headers;
        return http.Connection.RemoteIpAddress is { } address && (IPAddress.IsLoopback(address) || address.Equals(http.Connection.LocalIpAddress))
            && !headers.ContainsKey("Forwarded") && !headers.ContainsKey("X-Forwarded-For") && !headers.ContainsKey("Via");
    }
}
