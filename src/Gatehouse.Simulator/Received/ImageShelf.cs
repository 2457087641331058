namespace Gatehouse.Simulator;

/// <summary>
/// The newest images, inside one budget that also covers those still arriving. Bytes lie in 64 KB pieces that go round, so that keeping a 5 MB photo allocates
/// nothing large.
/// </summary>
internal sealed class ImageShelf(SimulatorOptions options)
{
    public const int PieceBytes = 64 * 1024;

    private readonly Lock _turn = new();
    private readonly long _mostPieces = options.KeepImageBytes / PieceBytes;
    private readonly Stack<byte[]> _free = new();
    private readonly Queue<long> _order = new();
    private readonly Dictionary<long, ImageDraft> _kept = [];
    private long _made;

    /// <summary>A place for an image to arrive at; null when it is none that the page shows, or when none are kept.</summary>
    public ImageDraft? Draft(string? mime) => _mostPieces > 0 && ImageKind.IsShown(mime) ? new ImageDraft(this) : null;

    /// <summary>A piece, taken from the oldest images when the budget is used up; null when all of it is under images that are arriving.</summary>
    public byte[]? Rent()
    {
        lock (_turn)
        {
            while (_free.Count == 0 && _made >= _mostPieces && _order.TryDequeue(out var oldest))
                Release(oldest);
            if (_free.TryPop(out var piece))
                return piece;
            if (_made >= _mostPieces)
                return null;
            _made++;
            return GC.AllocateUninitializedArray<byte>(PieceBytes);
        }
    }

    public void Return(IEnumerable<byte[]> pieces)
    {
        lock (_turn)
        {
            foreach (var piece in pieces)
                _free.Push(piece);
        }
    }

    public void Keep(long number, ImageDraft image)
    {
        if (image.Length == 0)
            return;
        lock (_turn)
        {
            _kept[number] = image;
            _order.Enqueue(number);
        }
    }

    public bool Has(long number)
    {
        lock (_turn)
            return _kept.ContainsKey(number);
    }

    /// <summary>A copy of an image's bytes; null when it is not kept (any more).</summary>
    public byte[]? Copy(long number)
    {
        lock (_turn)
            return _kept.TryGetValue(number, out var image) ? image.ToArray() : null;
    }

    public void Clear()
    {
        lock (_turn)
        {
            while (_order.TryDequeue(out var number))
                Release(number);
        }
    }

    private void Release(long number)
    {
        if (_kept.Remove(number, out var image))
            image.Discard();
    }
}
