using System.Collections.Concurrent;
using Gatehouse.Actors;
using Gatehouse.Genesys;
using Gatehouse.Genesys.Routes;

namespace Gatehouse.Gateway.Tests.Links;

/// <summary>A route that puts a link into what it sends, as those do that have no room for the file.</summary>
internal sealed class LinkingRoute(IFileLinks links) : IDeliveryRoute
{
    public const string RouteName = "linking";

    /// <summary>The links that were made, in order, by upload.</summary>
    public ConcurrentQueue<(UploadRow Upload, FileLink Link)> Made { get; } = new();

    public Func<UploadRow, RouteOutcome> Answer { get; set; } = static _ => new RouteOutcome.Sent(null);

    public string Name => RouteName;

    public long MaxFileBytes => long.MaxValue;

    public FileLink Last => Made.Last().Link;

    public async ValueTask<RouteOutcome> SendAsync(UploadRow upload, FileBytes bytes, Permit permit, CancellationToken cancellationToken)
    {
        Made.Enqueue((upload, await links.MakeAsync(upload, cancellationToken)));
        return Answer(upload);
    }
}
