using System.Net;
using Microsoft.AspNetCore.Http;

namespace Gatehouse.Gateway.Callers;

/// <summary>Requests of this machine itself.</summary>
internal static class LocalCaller
{
    /// <summary>From this machine, and not passed on by a proxy on it.</summary>
    public static bool IsLocal(this HttpContext http)
    {
        var headers = http.Request.Headers;
        return http.Connection.RemoteIpAddress is { } address && IPAddress.IsLoopback(address)
            && !headers.ContainsKey("Forwarded") && !headers.ContainsKey("X-Forwarded-For") && !headers.ContainsKey("Via");
    }
}
