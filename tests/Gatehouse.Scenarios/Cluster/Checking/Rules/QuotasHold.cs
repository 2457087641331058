namespace Gatehouse.Scenarios.Cluster.Checking.Rules;

/// <summary>A run is shorter than any quota's window, so all of a contact's uploads that were not given up count together; and nobody is refused for a quota that has room.</summary>
internal sealed class QuotasHold : IRule
{
    public IEnumerable<Violation> Check(Evidence evidence)
    {
        var bounds = evidence.History.Bounds;
        foreach (var contact in evidence.Contacts)
        {
            var counted = evidence.Uploads[contact].Where(u => !u.IsGivenUp).ToList();
            var arrived = evidence.Arrivals[contact].DistinctBy(a => a.MessageId, StringComparer.Ordinal).Where(a => evidence.UploadOf(a.MessageId) is not { IsGivenUp: true }).ToList();
            var files = Math.Max(counted.Count, arrived.Count);
            var bytes = Math.Max(counted.Sum(u => u.Size), arrived.Sum(a => a.Size));
            if (files > bounds.MaxFiles) yield return new("quota exceeded", $"{contact} has {files} files; {bounds.MaxFiles} are allowed");
            if (bytes > bounds.MaxBytes) yield return new("quota exceeded", $"{contact} has {bytes} bytes; {bounds.MaxBytes} are allowed");
        }

        foreach (var refused in evidence.History.Sendings.Where(s => s.Reply is { Status: 429, Quota: "files" }).DistinctBy(s => s.File.Contact, StringComparer.Ordinal))
        {
            // One that was given up later may have filled the quota then.
            var ever = evidence.Uploads[refused.File.Contact].Count();
            if (bounds.MaxFiles is not { } most || ever < most) yield return new("refused for a quota that had room", $"{refused.File.Contact} was refused at {refused.EndedAt.TotalSeconds:F3} s and has sent {ever} files in all");
        }
    }
}
