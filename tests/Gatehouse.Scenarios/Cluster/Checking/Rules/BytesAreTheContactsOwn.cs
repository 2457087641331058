namespace Gatehouse.Scenarios.Cluster.Checking.Rules;

/// <summary>What arrives for a contact is what a client sent for that contact, byte for byte and by name; and the upload that a client is told of is that of its own file.</summary>
internal sealed class BytesAreTheContactsOwn : IRule
{
    public IEnumerable<Violation> Check(Evidence evidence)
    {
        var sent = evidence.History.Sendings.Select(s => (s.File.Contact, s.File.Filename, s.File.Size, s.File.Sha256)).ToHashSet();
        foreach (var arrival in evidence.History.Arrivals)
        {
            var of = $"{arrival.MessageId} for {arrival.Contact} at {arrival.At.TotalSeconds:F3} s";
            var upload = evidence.UploadOf(arrival.MessageId);
            if (upload is null) yield return new("arrived from nowhere", $"{of} is no upload that the gateway knows");
            else if (!string.Equals(upload.Contact, arrival.Contact, StringComparison.Ordinal)) yield return new("arrived for another contact", $"{of} is an upload of {upload.Contact}");
            if (!sent.Contains((arrival.Contact, arrival.Filename, arrival.Size, arrival.Sha256)))
            {
                yield return new("other bytes than were sent", $"{of}: {arrival.Filename}, {arrival.Size} bytes, SHA-256 {arrival.Sha256}");
            }
        }

        foreach (var sending in evidence.History.Sendings.Where(s => s.IsPromised))
        {
            if (sending.Reply!.UploadId is { } id && evidence.UploadOf(id) is { } upload && (upload.Contact, upload.Sha256) != (sending.File.Contact, sending.File.Sha256))
            {
                yield return new("answered with another's upload", $"{sending.File.Key} of {sending.File.Contact} was answered with {id}, which is {upload.Filename} of {upload.Contact}");
            }
        }
    }
}
