namespace Gatehouse.Gateway.Delivery;

/// <summary>A contact's runner that has not begun, and its leave to go by a route: while it is held, nobody else on this node claims for the contact. Disposed without a start, both are left to whoever comes next.</summary>
public sealed class SenderPlace : IDisposable
{
    private Action<Work?>? _begin;

    internal SenderPlace(RoutePass pass, Action<Work?> begin) => (Pass, _begin) = (pass, begin);

    /// <summary>For the attempt that <see cref="Start"/> begins, whose it is then.</summary>
    public RoutePass Pass { get; }

    /// <summary>Sends what was claimed, then the rest of the line. Takes over the bytes.</summary>
    public void Start(Work work)
    {
        var begin = Interlocked.Exchange(ref _begin, null) ?? throw new InvalidOperationException("The place was left or started.");
        begin(work);
    }

    public void Dispose()
    {
        if (Interlocked.Exchange(ref _begin, null) is not { } begin) return;
        Pass.Dispose();
        begin(null);
    }
}
