namespace Gatehouse.Gateway.Delivery;

/// <summary>A contact's runner that has not begun: while it is held, nobody else on this node claims for the contact. Disposed without a start, it is left to whoever comes next.</summary>
public sealed class SenderPlace : IDisposable
{
    private Action<Work?>? _begin;

    internal SenderPlace(Action<Work?> begin) => _begin = begin;

    /// <summary>Sends what was claimed, then the rest of the line. Takes over the bytes.</summary>
    public void Start(Work work)
    {
        var begin = Interlocked.Exchange(ref _begin, null) ?? throw new InvalidOperationException("The place was left or started.");
        begin(work);
    }

    public void Dispose() => Interlocked.Exchange(ref _begin, null)?.Invoke(null);
}
