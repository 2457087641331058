using System.Reflection;

namespace Gatehouse.Simulator;

/// <summary>The page at <c>/</c> and <c>/simulator</c>: three files of its own and nothing from anywhere else.</summary>
internal static class FrontPage
{
    private const string Policy =
        "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self'; connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

    public static void Map(WebApplication app)
    {
        Map(app, "page.html", "text/html; charset=utf-8", "/", "/simulator");
        Map(app, "page.css", "text/css; charset=utf-8", "/simulator/page.css");
        Map(app, "page.js", "text/javascript; charset=utf-8", "/simulator/page.js");
    }

    private static void Map(WebApplication app, string resource, string type, params string[] paths)
    {
        var bytes = Read(resource);
        foreach (var path in paths)
        {
            app.MapMethods(path, [HttpMethods.Get], async http =>
            {
                http.Response.Headers.ContentSecurityPolicy = Policy;
                http.Response.Headers.XContentTypeOptions = "nosniff";
                http.Response.Headers["Referrer-Policy"] = "no-referrer";
                http.Response.Headers.CacheControl = "no-cache";
                http.Response.ContentType = type;
                http.Response.ContentLength = bytes.Length;
                await http.Response.Body.WriteAsync(bytes, http.RequestAborted);
            });
        }
    }

    private static byte[] Read(string resource)
    {
        using var stream = Assembly.GetExecutingAssembly().GetManifestResourceStream(resource)
            ?? throw new InvalidOperationException($"The resource {resource} was not built in.");
        using var copy = new MemoryStream();
        stream.CopyTo(copy);
        return copy.ToArray();
    }
}
