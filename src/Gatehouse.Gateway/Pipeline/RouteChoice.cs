using Gatehouse.Gateway.Configuration;
using Gatehouse.Gateway.Delivery;
using Gatehouse.Gateway.Fields;
using Gatehouse.Gateway.Multipart;
using Gatehouse.Gateway.Problems;
using Gatehouse.Genesys.Routes;

namespace Gatehouse.Gateway.Pipeline;

/// <summary>
/// Which route an upload takes, whether it brings what that needs, and how large it may be there. Asked three times, as more is known each time: before the body, before the file, and when all has been read; a
/// refusal comes at the first of them that it can.
/// </summary>
public sealed class RouteChoice(Routes routes, GatehouseOptions options, GuestTokenVault? vault = null)
{
    /// <summary>Before the body: with one route on offer no field can choose another, and only headers can be missing for certain.</summary>
    public Problem? BeforeBody(UploadInProgress upload)
    {
        if (GuestToken.Parse(upload.Http.Request.Headers[GuestToken.Header]).Failed(out var bad, out var token)) return bad;
        upload.GuestToken = token;
        return routes.All.Count == 1 ? Take(upload, routes.Default, isWhole: false) : null;
    }

    /// <summary>Before the file's first byte: a field that chose the route has come, or may come yet.</summary>
    public Problem? BeforeFile(UploadInProgress upload) => upload.Fields.Route is { } name ? Take(upload, name, isWhole: false) : null;

    /// <summary>All fields have come, and the file's size is known.</summary>
    public Problem? Whole(UploadInProgress upload)
    {
        if ((upload.Fields.Route is { } name ? Take(upload, name, isWhole: true) : Take(upload, routes.Default, isWhole: true)) is { } problem) return problem;
        if (TooLarge(upload) is { } large) return large with { FileSizeBytes = upload.Size };
        upload.SenderId = upload.Route!.Route.Needs.Contains(RouteField.GuestToken) ? vault!.Seal(upload.Id, upload.GuestToken!) : upload.Fields.SenderId;
        return null;
    }

    /// <summary>While the file arrives, and after it.</summary>
    public static Problem? TooLarge(UploadInProgress upload) => upload.Size > upload.RouteLimit ? Problem.TooLarge(upload.RouteLimit, "genesys") : null;

    private Problem? Take(UploadInProgress upload, string name, bool isWhole) => routes.Find(name) is { } route
        ? Take(upload, route, isWhole)
        : Problem.Malformed($"The field {FormFields.Route} names no route of this gateway: it has {string.Join(", ", routes.All.Select(static r => r.Route.Name))}.", FormFields.Route);

    private Problem? Take(UploadInProgress upload, RouteInUse route, bool isWhole)
    {
        (upload.Route, upload.RouteLimit) = (route, route.Route.MaxFileBytes < options.MostFileBytes ? route.Route.MaxFileBytes : long.MaxValue);
        foreach (var field in route.Route.Needs)
        {
            var missing = field switch
            {
                RouteField.GuestToken => upload.GuestToken is null ? GuestToken.Header : null,
                // A field may follow the file.
                RouteField.ConversationId => isWhole && upload.Fields.ConversationId is null ? FormFields.ConversationId : null,
                _ => throw new InvalidOperationException(field.ToString()),
            };
            if (missing is not null) return Problem.MissingForRoute(route.Route.Name, missing);
        }
        return null;
    }
}
