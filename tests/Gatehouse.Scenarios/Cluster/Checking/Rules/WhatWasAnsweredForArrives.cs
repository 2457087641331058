namespace Gatehouse.Scenarios.Cluster.Checking.Rules;

/// <summary>Every upload that was answered 200 or 202 was delivered, or ended with a reason; a 200 comes after the arrival; nothing that was admitted is left, and what is said to be delivered has arrived.</summary>
internal sealed class WhatWasAnsweredForArrives : IRule
{
    /// <summary>Two processes read one clock, and one of them carries it on by its monotonic clock.</summary>
    private static readonly TimeSpan ClocksDiffer = TimeSpan.FromMilliseconds(50);

    public IEnumerable<Violation> Check(Evidence evidence) =>
        evidence.History.Sendings.Where(s => s.IsPromised).SelectMany(s => Promised(evidence, s)).Concat(evidence.History.Uploads.SelectMany(u => Ended(evidence, u)));

    private static IEnumerable<Violation> Promised(Evidence evidence, Sending sending)
    {
        if (sending.Reply!.UploadId is not { } id) yield break;
        var (told, when) = (sending.Reply.Status, sending.EndedAt.TotalSeconds);
        if (evidence.UploadOf(id) is not { } upload)
        {
            yield return new("answered for and lost", $"{id} of {sending.File.Contact} was answered {told} at {when:F3} s and is not known");
        }
        else if (told == 200 && !upload.IsDelivered)
        {
            yield return new("answered 200 and not delivered", $"{id} of {upload.Contact} was answered 200 at {when:F3} s and is {upload.Status}");
        }
        else if (told == 200 && evidence.FirstArrival.TryGetValue(id, out var arrival) && arrival.At > sending.EndedAt + ClocksDiffer)
        {
            yield return new("answered 200 before it arrived", $"{id} of {upload.Contact} was answered 200 at {when:F3} s and arrived at {arrival.At.TotalSeconds:F3} s");
        }
    }

    private static IEnumerable<Violation> Ended(Evidence evidence, KeptUpload upload)
    {
        if (upload.IsDelivered)
        {
            if (!evidence.FirstArrival.ContainsKey(upload.Id)) yield return new("delivered and never arrived", $"{upload.Id} of {upload.Contact}");
        }
        else if (!upload.IsGivenUp)
        {
            yield return new("admitted and not ended", $"{upload.Id} of {upload.Contact} is {upload.Status}");
        }
        else if (upload.Reason is null)
        {
            yield return new("ended without a reason", $"{upload.Id} of {upload.Contact} is {upload.Status}");
        }
    }
}
