namespace Gatehouse.Scenarios.Killing;

/// <summary>In how many kills an upload was found in each moment, told by what that kill left behind. A kill counts once for a moment, however many uploads were in it.</summary>
internal sealed class Tally
{
    private readonly SortedDictionary<Moment, int> _kills = [];

    public void Count(IEnumerable<Moment> found)
    {
        foreach (var moment in found.Distinct()) _kills[moment] = _kills.GetValueOrDefault(moment) + 1;
    }

    public IReadOnlyList<Moment> Missed => [.. Enum.GetValues<Moment>().Where(m => !_kills.ContainsKey(m))];

    public override string ToString() => "kills that found an upload in this moment: " + string.Join(", ", Enum.GetValues<Moment>().Select(m => $"{m} {_kills.GetValueOrDefault(m)}"));
}

/// <summary>Where an upload was when the process died.</summary>
internal enum Moment
{
    /// <summary>A file half received lay in the spool.</summary>
    Receiving,

    /// <summary>Admitted by the killed process, and its caller had no answer.</summary>
    AdmittedUnanswered,

    /// <summary>Durable and waiting in line.</summary>
    Queued,

    /// <summary>Claimed, and no reply sent.</summary>
    Claimed,

    /// <summary>Between a reply and its record: Genesys sent the reply, and it is not on disk.</summary>
    RepliedUnrecorded,
}
