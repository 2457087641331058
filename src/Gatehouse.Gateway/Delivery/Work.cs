using Gatehouse.Actors;
using Gatehouse.Actors.Contacts;
using Gatehouse.Genesys;

namespace Gatehouse.Gateway.Delivery;

/// <summary>One claimed upload, ready to send: its row, its bytes, its claim, and leave to call Genesys. Owns the bytes.</summary>
/// <param name="ClaimedAt">This node's timestamp from before the claim.</param>
public sealed record Work(string Contact, ContactReply.Claimed Claim, UploadRow Row, FileBytes Bytes, Permit Permit, long ClaimedAt) : IDisposable
{
    public void Dispose() => Bytes.Dispose();
}
