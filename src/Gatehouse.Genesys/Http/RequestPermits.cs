namespace Gatehouse.Genesys;

/// <summary>The permits of one attempt: the one that it began with for its first request to the Platform API, a new one for each further request. Not held for later, as a permit is void after its lease.</summary>
internal sealed class RequestPermits(ITokenGate gate, Permit first)
{
    private Permit? _first = first;

    public ValueTask<Permit> NextAsync(CancellationToken cancellationToken)
    {
        if (_first is not { } permit) return gate.TakeAsync(cancellationToken);
        _first = null;
        return ValueTask.FromResult(permit);
    }
}
