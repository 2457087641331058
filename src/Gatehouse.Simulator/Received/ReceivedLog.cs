namespace Gatehouse.Simulator;

/// <summary>What was received, in order of arrival: a call has arrived when its last byte has. Bounded; the oldest go first.</summary>
internal sealed class ReceivedLog(SimulatorOptions options, ImageShelf images)
{
    private readonly Lock _turn = new();

    // Numbers from _first to _last, without a gap.
    private readonly Dictionary<long, Receipt> _receipts = [];
    private long _first = 1;
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

    /// <returns>The receipt's number.</returns>
    public long Add(Receipt receipt)
    {
        lock (_turn)
        {
            if (_receipts.Count == options.KeepReceived)
                _receipts.Remove(_first++);
            var number = Interlocked.Increment(ref _last);
            Put(number, receipt);
            return number;
        }
    }

    /// <summary>Notes what became known after the call. False when the receipt is no longer kept.</summary>
    public bool Change(long number, Func<Receipt, Receipt> change)
    {
        lock (_turn)
        {
            if (!_receipts.TryGetValue(number, out var receipt))
                return false;
            Put(number, change(receipt));
            return true;
        }
    }

    public Receipt[] Everything() => Newest(int.MaxValue, oldestFirst: true);

    public Receipt[] Newest(int most) => Newest(most, oldestFirst: false);

    public void Clear()
    {
        lock (_turn)
        {
            _receipts.Clear();
            _first = _last + 1;
            images.Clear();
        }
    }

    private Receipt[] Newest(int most, bool oldestFirst)
    {
        lock (_turn)
        {
            var found = new Receipt[Math.Min(most, _receipts.Count)];
            for (var i = 0; i < found.Length; i++)
                found[oldestFirst ? found.Length - 1 - i : i] = _receipts[_last - i];
            return found;
        }
    }

    private void Put(long number, Receipt receipt)
    {
        _receipts[number] = receipt with { Number = number, Image = null };
        if (receipt.Image is { } image)
            images.Keep(number, image);
    }
}
