namespace Gatehouse.Scenarios.Cluster.Checking.Rules;

/// <summary>However often a file was sent, and to however many nodes: it is one upload, and it arrives under one message id. Only an upload that was given up may be followed by another.</summary>
internal sealed class AFileIsOneUpload : IRule
{
    public IEnumerable<Violation> Check(Evidence evidence)
    {
        var answered = evidence.History.Sendings
            .Where(s => s is { IsPromised: true, Reply.UploadId: not null })
            .Select(s => (What: $"the key {s.File.Key} of {s.File.Contact} was answered with", Id: s.Reply!.UploadId!));
        var kept = evidence.History.Uploads.Select(u => (What: $"the file {u.Filename} of {u.Contact} ({u.Sha256[..8]}) was admitted as", u.Id));
        var arrived = evidence.History.Arrivals.Select(a => (What: $"the file {a.Filename} of {a.Contact} ({a.Sha256[..8]}) arrived as", Id: a.MessageId));
        return from seen in answered.Concat(kept).Concat(arrived)
               group seen.Id by seen.What into ids
               let standing = ids.Distinct(StringComparer.Ordinal).Where(id => evidence.UploadOf(id) is not { IsGivenUp: true }).ToList()
               where standing.Count > 1
               select new Violation("repeated under a new id", $"{ids.Key} {string.Join(" and ", standing)}");
    }
}
