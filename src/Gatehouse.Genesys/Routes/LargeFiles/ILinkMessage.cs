using Gatehouse.Actors;

namespace Gatehouse.Genesys.Routes;

/// <summary>Sends a message with a signed link in a file's place: for files that are larger than a route carries.</summary>
public interface ILinkMessage
{
    /// <summary>As <see cref="IDeliveryRoute.SendAsync"/>, without the file's bytes.</summary>
    ValueTask<RouteOutcome> SendLinkAsync(UploadRow upload, Permit permit, CancellationToken cancellationToken);
}
