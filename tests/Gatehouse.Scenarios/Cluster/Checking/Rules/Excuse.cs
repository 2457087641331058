namespace Gatehouse.Scenarios.Cluster.Checking.Rules;

/// <summary>
/// What a fault excuses. A contact has one attempt under way at a time, so it is one repeat of a contact; and where one node was struck, no more of them than a node has attempts under way.
/// </summary>
/// <param name="lease">How long a claim of a sender that is gone keeps others out; null: not at all.</param>
internal sealed class Excuse(Fault fault, TimeSpan? lease)
{
    /// <summary>Attempts that a node has under way at most (by its one route: <c>RouteHealth.MostAttempts</c>).</summary>
    public const int MostUnderWay = 64;

    /// <summary>From an arrival to its record: a reply and a save. Seconds, as all processes may share two processors.</summary>
    private static readonly TimeSpan ToRecord = TimeSpan.FromSeconds(3);

    /// <summary>From a fault to the arrival of what its sender had put on the wire.</summary>
    private static readonly TimeSpan OnTheWire = TimeSpan.FromSeconds(2);

    /// <summary>For a renewal at half the lease to be made.</summary>
    private static readonly TimeSpan ToRenew = TimeSpan.FromSeconds(1);

    private readonly HashSet<string> _taken = new(StringComparer.Ordinal);

    public bool TryTake(Repeat repeat)
    {
        if (!Covers(repeat) || _taken.Contains(repeat.Contact)) return false;
        if (fault.Node is not null && _taken.Count == MostUnderWay) return false;
        return _taken.Add(repeat.Contact);
    }

    private bool Covers(Repeat repeat) => fault.Kind switch
    {
        FaultKind.Killed => WasUnderWay(repeat.Before, fault.From) && ByTheNext(repeat),
        FaultKind.DatabaseCrashed or FaultKind.DatabaseRestarted or FaultKind.DatabaseOutOfReach => WasUnderWay(repeat.Before, fault.Until) && ByTheNext(repeat),
        // What a stopped sender had begun arrives when it wakes, whatever has become of the line meanwhile; its cut comes with the first look at its claim.
        FaultKind.Stopped => (WasUnderWay(repeat.Before, fault.From) && ByTheNext(repeat)) || AtWaking(repeat.Again) || (AtWaking(repeat.Before) && !repeat.AfterALater),
        // A node that stops in order records what it has under way or hands it back; one that is cut off for a moment saves again; and a full disk loses no outcome.
        _ => false,
    };

    private bool WasUnderWay(Arrival arrival, TimeSpan until) => arrival.At >= fault.From - ToRecord && arrival.At <= until + OnTheWire;

    private bool AtWaking(Arrival arrival) => arrival.At >= fault.Until && arrival.At <= fault.Until + OnTheWire;

    /// <summary>The next sender waits until the claim has lapsed. It is renewed at half time, so that much was left of it.</summary>
    private bool ByTheNext(Repeat repeat) => !repeat.AfterALater && (lease is not { } whole || repeat.Apart >= (whole / 2) - ToRenew);
}
