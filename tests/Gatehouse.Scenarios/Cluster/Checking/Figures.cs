namespace Gatehouse.Scenarios.Cluster.Checking;

/// <summary>How a run felt from outside.</summary>
internal sealed record Figures
{
    /// <summary>Answers by status, and requests that none came for by how they ended.</summary>
    public required IReadOnlyDictionary<string, int> Answers { get; init; }

    /// <summary>Uploads that were admitted, that were delivered, and that were given up.</summary>
    public required (int Admitted, int Delivered, int GivenUp) Uploads { get; init; }

    /// <summary>Calls that did their work at Genesys' stand-in, and those among them that repeated an upload.</summary>
    public required (int All, int Repeats) Arrivals { get; init; }

    /// <summary>The longest time under load in which no client was answered 200 or 202, and when it began.</summary>
    public required (TimeSpan Lasted, TimeSpan From) LongestGap { get; init; }

    /// <summary>The longest time in which a line had something to send and nobody took it up, and what arrived of it next.</summary>
    public required (TimeSpan Lasted, Arrival? Next) LongestStand { get; init; }

    /// <summary>The longest way of an upload from its admission to its first arrival.</summary>
    public required TimeSpan LongestWay { get; init; }

    /// <param name="load">When clients began no more uploads.</param>
    public static Figures Of(History history, TimeSpan load)
    {
        var evidence = new Evidence(history);
        var repeats = evidence.Contacts.Sum(contact => Checking.Rules.Repeat.Of(evidence, contact).Count());
        return new()
        {
            Answers = history.Sendings.CountBy(s => s.Reply is { } reply ? Label(reply) : s.Broken ?? "no answer", StringComparer.Ordinal).OrderBy(c => c.Key, StringComparer.Ordinal).ToDictionary(StringComparer.Ordinal),
            Uploads = (history.Uploads.Count, history.Uploads.Count(u => u.IsDelivered), history.Uploads.Count(u => u.IsGivenUp)),
            Arrivals = (history.Arrivals.Count, repeats),
            LongestGap = Gap(history, load),
            LongestStand = evidence.Contacts.Select(contact => Stand(evidence, contact)).Append(default).MaxBy(stand => stand.Lasted),
            LongestWay = history.Uploads.Select(u => evidence.FirstArrival.TryGetValue(u.Id, out var arrival) ? arrival.At - u.CreatedAt : TimeSpan.Zero).Append(TimeSpan.Zero).Max(),
        };
    }

    private static string Label(Reply reply) => string.Join(' ', new[] { $"{reply.Status}", reply.Code, reply.Quota }.OfType<string>());

    private static (TimeSpan Lasted, TimeSpan From) Gap(History history, TimeSpan load)
    {
        var from = TimeSpan.Zero;
        (TimeSpan Lasted, TimeSpan From) longest = default;
        foreach (var at in history.Sendings.Where(s => s.IsPromised && s.EndedAt < load).Select(s => s.EndedAt).Order().Append(load))
        {
            if (at - from > longest.Lasted) longest = (at - from, from);
            from = at;
        }

        return longest;
    }

    /// <summary>Up to each arrival of a contact: since the last one, or since a node took the line up and came to nothing.</summary>
    private static (TimeSpan Lasted, Arrival? Next) Stand(Evidence evidence, string contact)
    {
        (TimeSpan Lasted, Arrival? Next) longest = default;
        var last = TimeSpan.Zero;
        foreach (var arrival in evidence.Arrivals[contact])
        {
            // A line that was empty has stood since something came into it.
            if (ReferenceEquals(evidence.FirstArrival[arrival.MessageId], arrival) && evidence.UploadOf(arrival.MessageId) is { } upload && upload.CreatedAt > last) last = upload.CreatedAt;
            foreach (var takenUp in evidence.Claims[contact].Select(c => c.At).Where(at => at > last && at < arrival.At).Append(arrival.At).ToList())
            {
                if (takenUp - last > longest.Lasted) longest = (takenUp - last, arrival);
                last = takenUp;
            }
        }

        return longest;
    }
}
