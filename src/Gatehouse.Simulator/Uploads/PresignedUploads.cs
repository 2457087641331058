namespace Gatehouse.Simulator;

/// <summary>The upload addresses that were given out. Bounded; the oldest go first.</summary>
internal sealed class PresignedUploads
{
    private const int MostKept = 10_000;

    private readonly Lock _turn = new();
    private readonly Dictionary<string, PresignedUpload> _uploads = new(StringComparer.Ordinal);
    private readonly Queue<string> _order = new();

    public void Add(PresignedUpload upload)
    {
        lock (_turn)
        {
            if (_order.Count >= MostKept && _uploads.Remove(_order.Dequeue(), out var oldest))
                oldest.Forget();
            _uploads.Add(upload.Id, upload);
            _order.Enqueue(upload.Id);
        }
    }

    public PresignedUpload? Find(string? id)
    {
        lock (_turn)
            return id is not null ? _uploads.GetValueOrDefault(id) : null;
    }
}
