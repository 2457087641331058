using Gatehouse.Actors;
using Gatehouse.Actors.Contacts;
using Gatehouse.Genesys;

namespace Gatehouse.Gateway.Delivery;

/// <summary>One claimed upload, ready to send: its row, its bytes, its claim, and leave to call Genesys. Owns the bytes.</summary>
public sealed record Work(string Contact, ContactReply.Claimed Claim, UploadRow Row, FileBytes Bytes, Permit Permit) : IDisposable
{
    public void Dispose() => Bytes.Dispose();
}
