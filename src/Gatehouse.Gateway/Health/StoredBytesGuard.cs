using Gatehouse.Actors;
using Gatehouse.Gateway.Delivery;

namespace Gatehouse.Gateway.Health;

/// <summary>Holds the node to <c>Limits:MaxStoredBytes</c>: above it an upload gets 503 with its body unread. Blobs and spool are counted by their store; files beside the state here, as they are kept and dropped.</summary>
public sealed class StoredBytesGuard(IBlobStore blobs, ISmallFiles small, FilePlaces places, long most) : IRecordObserver
{
    private long _small;

    public bool IsFull => Bytes >= most;

    public long Bytes => blobs.StoredBytes + Volatile.Read(ref _small);

    /// <summary>At start, and now and then, as sweeps leave no record.</summary>
    public async Task CountAsync(CancellationToken cancellationToken) => Volatile.Write(ref _small, await small.BytesAsync(places.WithTurnBytes, cancellationToken));

    public void Committed(ActorKey key, IReadOnlyList<Record> records)
    {
        for (var i = 0; i < records.Count; i++)
        {
            var change = records[i] switch
            {
                UploadAdded { Row.Size: var size } when places.GoesWithTurn(size) => size,
                FileDropped { Size: var size } when places.GoesWithTurn(size) => -size,
                _ => 0,
            };
            if (change != 0) Interlocked.Add(ref _small, change);
        }
    }
}
