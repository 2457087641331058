using System.Net;

namespace Gatehouse.Genesys;

/// <summary>The connections to Genesys: one pool for the process, bare of everything that a call does not need.</summary>
public static class GenesysHttp
{
    public const string UserAgent = "Gatehouse/0.1";

    /// <summary>Makes the pool. Whoever makes it disposes it.</summary>
    public static HttpMessageInvoker Create(GenesysOptions options) => new(
        new SocketsHttpHandler
        {
            ActivityHeadersPropagator = null,
            AllowAutoRedirect = false,
            AutomaticDecompression = DecompressionMethods.None,
            ConnectTimeout = TimeSpan.FromSeconds(options.ConnectTimeoutSeconds),
            Expect100ContinueTimeout = TimeSpan.FromMilliseconds(250),
            MaxResponseHeadersLength = 32,
            PooledConnectionLifetime = TimeSpan.FromMinutes(5),
            UseCookies = false,
            UseProxy = false,
        },
        disposeHandler: true);
}
