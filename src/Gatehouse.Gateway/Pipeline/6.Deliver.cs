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
            if (admitted.Claim is { } claim) deliveries.Start(new Work(upload.ContactId!, claim, admitted.Row, upload.TakeFile(), upload.Permit!));
            else if (admitted.HeadNotBefore is null) deliveries.Nudge(upload.ContactId!);
        }
        return ValueTask.FromResult<Answer?>(null);
    }
}
