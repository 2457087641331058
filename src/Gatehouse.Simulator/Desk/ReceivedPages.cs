using System.Text.Json;

namespace Gatehouse.Simulator;

/// <summary><c>/simulator/received</c>: the list, its clearing, and the images kept of it.</summary>
internal static class ReceivedPages
{
    // Written out in pieces of about this size, so that a list of 200,000 is never one string in memory.
    private const int FlushBytes = 64 * 1024;

    public static void Map(WebApplication app)
    {
        var log = app.Services.GetRequiredService<ReceivedLog>();
        var images = app.Services.GetRequiredService<ImageShelf>();
        var downloads = app.Services.GetRequiredService<Downloads>();

        app.MapMethods("/simulator/received", [HttpMethods.Get], async http =>
        {
            // Who asks wants to know what came; a download that is under way is worth the wait.
            if (http.Request.Query["wait"] is not ["false"])
                await downloads.SettledAsync(http.RequestAborted);
            await ListAsync(http, log.Everything());
        });
        app.MapMethods("/simulator/received", [HttpMethods.Delete], http =>
        {
            log.Clear();
            http.Response.StatusCode = StatusCodes.Status204NoContent;
            return Task.CompletedTask;
        });
        app.MapMethods("/simulator/images/{number}", [HttpMethods.Get], http => ImageAsync(http, images));
    }

    private static async Task ListAsync(HttpContext http, Receipt[] receipts)
    {
        http.Response.ContentType = "application/json";
        await using var json = new Utf8JsonWriter(http.Response.BodyWriter);
        json.WriteStartArray();
        foreach (var receipt in receipts)
        {
            receipt.Write(json);
            if (json.BytesPending < FlushBytes)
                continue;
            await json.FlushAsync(http.RequestAborted);
            await http.Response.BodyWriter.FlushAsync(http.RequestAborted);
        }

        json.WriteEndArray();
    }

    private static async Task ImageAsync(HttpContext http, ImageShelf images)
    {
        var found = long.TryParse((string?)http.Request.RouteValues["number"], System.Globalization.NumberStyles.None, System.Globalization.CultureInfo.InvariantCulture, out var number)
            ? images.Copy(number)
            : null;
        if (found is null || ImageKind.Of(found) is not { } type)
        {
            http.Response.StatusCode = StatusCodes.Status404NotFound;
            return;
        }

        // A stranger's bytes: shown as the image they begin as, or not at all.
        http.Response.Headers.XContentTypeOptions = "nosniff";
        http.Response.Headers.ContentSecurityPolicy = "default-src 'none'; sandbox";
        http.Response.Headers["Cross-Origin-Resource-Policy"] = "same-origin";
        http.Response.Headers.CacheControl = "no-store";
        http.Response.ContentType = type;
        http.Response.ContentLength = found.Length;
        await http.Response.Body.WriteAsync(found, http.RequestAborted);
    }
}
