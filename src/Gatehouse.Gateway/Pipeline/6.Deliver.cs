using Gatehouse.Actors.Contacts;
using Gatehouse.Gateway.Delivery;

namespace Gatehouse.Gateway.Pipeline;

/// <summary>Step 6: the upload goes to a sender of this node and no longer hangs on its request. Claimed already: it starts at once, from the bytes at hand; else its contact's line is looked at.</summary>
public sealed class Deliver(Deliveries deliveries) : IUploadStep
{
    public ValueTask<Answer?> RunAsync(UploadInProgress upload, CancellationToken cancellationToken)
    {
        if (upload.Admission is ContactReply.Admitted admitted)
        {
            // Who does not wait is promised before the first attempt, so that no route can end the upload under a 202.
            if (upload.Prefer.Wait == TimeSpan.Zero) upload.Watch!.TryPromise();
            if (admitted.Claim is { } claim) upload.Place!.Start(new Work(upload.ContactId!, claim, admitted.Row, upload.TakeFile(), upload.Permit!, upload.Place.Pass, upload.ClaimAskedAt));
            else if (admitted.HeadNotBefore is null && !upload.Route!.Health.IsOpen) deliveries.Nudge(upload.ContactId!);
        }
        return ValueTask.FromResult<Answer?>(null);
    }
}
