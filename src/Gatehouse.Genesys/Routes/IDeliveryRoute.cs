using Gatehouse.Actors;

namespace Gatehouse.Genesys.Routes;

/// <summary>One way into Genesys Cloud. Makes exactly one attempt; never retries by itself, but for a 401, which it tries once more with a new token.</summary>
public interface IDeliveryRoute
{
    /// <summary>The route's name in configuration and contracts, such as <c>contact-attachments</c>.</summary>
    string Name { get; }

    /// <summary>The largest file that the route carries, in bytes.</summary>
    long MaxFileBytes { get; }

    /// <summary>What an upload must bring along beside file and contact.</summary>
    IReadOnlyList<RouteField> Needs => [];

    /// <summary>Its attempts begin with a request to the Platform API, for which the caller has a permit.</summary>
    bool CallsApi => true;

    /// <summary>
    /// Sends the file. Outcomes, time-outs and broken connections included, are return values; cancellation throws, and an <see cref="IOException"/> says that this node could not read <paramref name="bytes"/>.
    /// <paramref name="permit"/> covers the first API request; each further one takes its own.
    /// </summary>
    ValueTask<RouteOutcome> SendAsync(UploadRow upload, FileBytes bytes, Permit permit, CancellationToken cancellationToken);
}

/// <summary>What a route may need of an upload.</summary>
public enum RouteField
{
    /// <summary>The field <c>conversation_id</c>: <see cref="UploadRow.ConversationId"/>.</summary>
    ConversationId,

    /// <summary>The header <c>X-Guest-Token</c>: sealed (<see cref="GuestTokenVault"/>) in <see cref="UploadRow.SenderId"/>.</summary>
    GuestToken,
}
