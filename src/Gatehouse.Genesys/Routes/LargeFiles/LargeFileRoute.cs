using Gatehouse.Actors;

namespace Gatehouse.Genesys.Routes;

/// <summary>A route that carries larger files than it can, as links: above its own limit a message with a signed link goes in the file's place.</summary>
/// <param name="route">Files to its limit go by it.</param>
/// <param name="message">Sends the link of a larger one.</param>
/// <param name="maxFileBytes"><c>LargeFiles:MaxFileBytes</c>.</param>
public sealed class LargeFileRoute(IDeliveryRoute route, ILinkMessage message, long maxFileBytes) : IDeliveryRoute
{
    public string Name => route.Name;

    public long MaxFileBytes => Math.Max(maxFileBytes, route.MaxFileBytes);

    public IReadOnlyList<RouteField> Needs => route.Needs;

    public bool CallsApi => route.CallsApi;

    /// <summary>Files above this go as links.</summary>
    public long LinkAboveBytes => route.MaxFileBytes;

    public ValueTask<RouteOutcome> SendAsync(UploadRow upload, FileBytes bytes, Permit permit, CancellationToken cancellationToken) =>
        upload.Size > LinkAboveBytes ? message.SendLinkAsync(upload, permit, cancellationToken) : route.SendAsync(upload, bytes, permit, cancellationToken);
}
