using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace Gatehouse.Gateway.Links;

/// <summary>
/// Takes a link's query out of its request before anything looks at it: the server's own request log, traces and whatever is logged later see the address without what makes it a capability. The endpoint
/// finds it in <see cref="PresentedLink"/>.
/// </summary>
internal sealed class PresentedLinks(IServiceProvider services) : IHttpContextFactory
{
    private readonly DefaultHttpContextFactory _inner = new(services);

    public HttpContext Create(IFeatureCollection featureCollection)
    {
        if (featureCollection.Get<IHttpRequestFeature>() is { } request && request.Path.StartsWith(FileLinkEndpoint.Path, StringComparison.OrdinalIgnoreCase))
        {
            featureCollection.Set(new PresentedLink(request.QueryString));
            request.QueryString = "";
            request.RawTarget = request.Path;
        }
        return _inner.Create(featureCollection);
    }

    public void Dispose(HttpContext httpContext) => _inner.Dispose(httpContext);
}

/// <summary>The query that a link was presented with.</summary>
internal sealed class PresentedLink(string query)
{
    public string Query => query;
}
