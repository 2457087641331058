using Gatehouse.Actors;
using Gatehouse.Actors.Contacts;
using Gatehouse.Genesys;

namespace Gatehouse.Gateway.Delivery;

/// <summary>One claimed upload, ready to send: its row, its bytes, its claim, and leave to call Genesys. Owns the bytes and the pass.</summary>
/// <param name="Pass">Its leave to go by the route.</param>
/// <param name="ClaimedAt">This node's timestamp from before the claim.</param>
public sealed record Work(string Contact, ContactReply.Claimed Claim, UploadRow Row, FileBytes Bytes, Permit Permit, RoutePass Pass, long ClaimedAt) : IDisposable
{
    public void Dispose()
    {
        Bytes.Dispose();
        Pass.Dispose();
    }
}
