using Gatehouse.Actors;

namespace Gatehouse.Gateway.Health;

/// <summary>Holds the node to <c>Limits:MaxStoredBytes</c>: above it an upload gets 503 with its body unread.</summary>
public sealed class StoredBytesGuard(IBlobStore blobs, long most)
{
    public bool IsFull => blobs.StoredBytes >= most;
}
