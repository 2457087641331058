namespace Gatehouse.Simulator;

/// <summary>What was received, in order of arrival: a call has arrived when its last byte has. Bounded; the oldest go first.</summary>
internal sealed class ReceivedLog(SimulatorOptions options, ImageShelf images)
{
    private readonly Lock _turn = new();
    private readonly Queue<Receipt> _receipts = new();
    private long _last;

    /// <summary>Received since the start, those no longer kept included.</summary>
    public long Total => Interlocked.Read(ref _last);

    public int Kept
    {
        get
        {
            lock (_turn)
                return _receipts.Count;
        }
    }

    public void Add(Receipt receipt)
    {
        lock (_turn)
        {
            if (_receipts.Count == options.KeepReceived)
                _receipts.Dequeue();
            var number = Interlocked.Increment(ref _last);
            _receipts.Enqueue(receipt with { Number = number, Image = null });
            if (receipt.Image is { } image)
                images.Keep(number, image);
        }
    }

    public Receipt[] Everything()
    {
        lock (_turn)
            return [.. _receipts];
    }

    public Receipt[] Newest(int most)
    {
        lock (_turn)
            return [.. _receipts.Skip(Math.Max(0, _receipts.Count - most)).Reverse()];
    }

    public void Clear()
    {
        lock (_turn)
        {
            _receipts.Clear();
            images.Clear();
        }
    }
}
