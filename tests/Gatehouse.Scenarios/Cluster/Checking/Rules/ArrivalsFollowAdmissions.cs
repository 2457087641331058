namespace Gatehouse.Scenarios.Cluster.Checking.Rules;

/// <summary>
/// A contact's uploads arrive, each for the first time, in the order in which they were admitted. That order is told by the gateway's own list, and the clients bear witness to it: what was answered before another file was
/// sent was admitted before it.
/// </summary>
internal sealed class ArrivalsFollowAdmissions : IRule
{
    public IEnumerable<Violation> Check(Evidence evidence)
    {
        var witness = Witness.Of(evidence.History.Sendings);
        return evidence.Contacts.SelectMany(contact => Arrived(evidence, contact).Concat(Admitted(evidence, contact, witness)));
    }

    private static IEnumerable<Violation> Arrived(Evidence evidence, string contact)
    {
        (string Id, int Place)? last = null;
        foreach (var id in evidence.Arrivals[contact].Select(a => a.MessageId).Distinct(StringComparer.Ordinal))
        {
            if (evidence.PlaceOf(id) is not { } place) continue;
            if (last is { } before && before.Place > place)
            {
                yield return new("arrived out of order", $"{contact}: {id}, admitted as number {place + 1}, arrived first after {before.Id}, admitted as number {before.Place + 1}");
            }

            last = (id, place);
        }
    }

    private static IEnumerable<Violation> Admitted(Evidence evidence, string contact, Witness witness)
    {
        (string Id, TimeSpan At)? latest = null;
        foreach (var id in evidence.Uploads[contact].Select(u => u.Id))
        {
            if (!witness.SentAt.TryGetValue(id, out var sent)) continue;
            if (latest is { } sentLater && witness.AnsweredAt[id] < sentLater.At)
            {
                yield return new("admitted out of order", $"{contact}: {id} was answered at {witness.AnsweredAt[id].TotalSeconds:F3} s and comes after {sentLater.Id}, sent first at {sentLater.At.TotalSeconds:F3} s");
            }

            if (latest is null || sent > latest.Value.At) latest = (id, sent);
        }
    }

    /// <summary>By upload: when its file was first sent, and first answered for.</summary>
    private sealed record Witness(Dictionary<string, TimeSpan> SentAt, Dictionary<string, TimeSpan> AnsweredAt)
    {
        public static Witness Of(IReadOnlyList<Sending> sendings)
        {
            var witness = new Witness(new(StringComparer.Ordinal), new(StringComparer.Ordinal));
            foreach (var file in sendings.GroupBy(s => s.File.Key, StringComparer.Ordinal))
            {
                foreach (var answered in file.Where(s => s.IsPromised && s.Reply!.UploadId is not null).OrderBy(s => s.EndedAt))
                {
                    witness.SentAt.TryAdd(answered.Reply!.UploadId!, file.Min(s => s.SentAt));
                    witness.AnsweredAt.TryAdd(answered.Reply.UploadId!, answered.EndedAt);
                }
            }

            return witness;
        }
    }
}
