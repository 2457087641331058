namespace Gatehouse.Scenarios.Cluster.Checking.Rules;

/// <summary>An upload that arrived again.</summary>
/// <param name="Before">Its arrival before this one.</param>
/// <param name="AfterALater">An upload that was admitted later had arrived by then: the line had gone on.</param>
internal sealed record Repeat(Arrival Before, Arrival Again, bool AfterALater)
{
    public string Contact => Again.Contact;

    public TimeSpan Apart => Again.At - Before.At;

    /// <summary>Who lost a reply tries again; a line that has gone on means that the attempt was recorded after all.</summary>
    public bool FollowsALostReply => Before.ReplyLost && !AfterALater;

    public static IEnumerable<Repeat> Of(Evidence evidence, string contact)
    {
        var last = new Dictionary<string, Arrival>(StringComparer.Ordinal);
        var furthest = -1;
        foreach (var arrival in evidence.Arrivals[contact])
        {
            var place = evidence.PlaceOf(arrival.MessageId) ?? furthest;
            if (last.TryGetValue(arrival.MessageId, out var before)) yield return new(before, arrival, place < furthest);
            last[arrival.MessageId] = arrival;
            furthest = Math.Max(furthest, place);
        }
    }

    public override string ToString() =>
        $"{Again.MessageId} of {Contact} arrived at {Before.At.TotalSeconds:F3} s and again at {Again.At.TotalSeconds:F3} s{(AfterALater ? ", after a later upload had" : "")}";
}
