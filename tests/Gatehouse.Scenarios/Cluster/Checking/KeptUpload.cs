namespace Gatehouse.Scenarios.Cluster.Checking;

/// <summary>An upload as the gateway shows it at the end.</summary>
/// <param name="Reason">The code of the problem that it ended with.</param>
internal sealed record KeptUpload(string Id, string Contact, string Filename, long Size, string Sha256, string Status, string? Reason, TimeSpan CreatedAt)
{
    public bool IsDelivered => Status is "delivered";

    /// <summary>Ended without being delivered: it counts for no quota, and its file may be sent anew under another id.</summary>
    public bool IsGivenUp => Status is "failed" or "expired";
}
