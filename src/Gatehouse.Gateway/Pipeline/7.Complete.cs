using Gatehouse.Actors;
using Gatehouse.Actors.Contacts;
using Gatehouse.Gateway.Configuration;
using Gatehouse.Gateway.Delivery;
using Gatehouse.Gateway.Problems;
using Gatehouse.Genesys;

namespace Gatehouse.Gateway.Pipeline;

/// <summary>
/// Step 7: the sender records the outcome in one turn (<see cref="Attempt"/>), and the caller hears of it if it comes within the wait; else 202, as soon as the wait cannot suffice.
/// </summary>
public sealed class Complete(IUploadRows rows, ITokenGate gate, GatehouseOptions options, TimeProvider time) : IUploadStep
{
    public async ValueTask<Answer?> RunAsync(UploadInProgress upload, CancellationToken cancellationToken)
    {
        var watch = upload.Watch!;
        var row = upload.Admission is ContactReply.Admitted admitted ? admitted.Row : await rows.FindAsync(watch.Id, cancellationToken);
        if (row is null) return new Problem(ProblemCodes.InternalError) { CorrelationId = upload.Http.TraceIdentifier };

        // A duplicate's or repeat's first may have ended long ago: then nobody will tell of it any more.
        if (row.Status.IsFinal()) return AnswerOf(row, upload.Standing);
        // A repeat is answered with the present state, without a wait.
        var wait = upload.Standing == Standing.Replayed ? TimeSpan.Zero : upload.Prefer.Wait ?? TimeSpan.FromSeconds(options.Delivery.WaitSeconds);
        // RFC 7240, section 4.3: it runs from when the request was received. What the scanner took is gone, or the two together would outlast what stands in front.
        wait -= upload.Scan?.Took ?? TimeSpan.Zero;
        var until = time.GetUtcNow() + wait;
        if (wait > TimeSpan.Zero && !MaySuffice(upload, row, until)) wait = TimeSpan.Zero;
        if (await EndAsync(watch, wait, head => MaySuffice(upload, head, until), cancellationToken) is { } moved) row = moved.Apply(row);
        // After a wait in vain the row tells of attempts made meanwhile.
        else if (wait > TimeSpan.Zero) row = await rows.FindAsync(row.Id, cancellationToken) ?? row;
        return AnswerOf(row, upload.Standing);
    }

    /// <summary>Null: the answer is 202, and from here on the upload stays whatever its route says.</summary>
    private async ValueTask<UploadMoved?> EndAsync(Outcomes.Watch watch, TimeSpan wait, Func<DateTimeOffset?, bool> maySuffice, CancellationToken cancellationToken)
    {
        if (wait > TimeSpan.Zero)
        {
            try
            {
                if (await watch.EndedWhile(maySuffice).WaitAsync(wait, time, cancellationToken) is { } moved) return moved;
            }
            catch (TimeoutException)
            {
                // The answer is 202.
            }
        }
        if (watch.Ended.IsCompletedSuccessfully) return await watch.Ended;
        return watch.TryPromise() ? null : await watch.Ended.WaitAsync(cancellationToken);
    }

    /// <summary>Before the wait: what the admission tells.</summary>
    private bool MaySuffice(UploadInProgress upload, UploadRow row, DateTimeOffset until) => upload.Admission switch
    {
        ContactReply.Admitted { Claim: not null } => true,
        ContactReply.Admitted admitted when row.Status != UploadStatus.Delivering => MaySuffice(upload, admitted.HeadNotBefore, until),
        _ => MaySuffice(upload, headNotBefore: null, until),
    };

    private bool MaySuffice(UploadInProgress upload, DateTimeOffset? headNotBefore, DateTimeOffset until)
    {
        if (upload.Route?.Health.IsOpen ?? false) return false;
        if (gate.PausedUntil > until && upload.Route is not { Route.CallsApi: false }) return false;
        return headNotBefore is not { } at || at <= until;
    }

    private static Answer AnswerOf(UploadRow row, Standing standing) =>
        row.Status is UploadStatus.Failed or UploadStatus.Expired && row.Error is { } error
            ? new Answer.RefusedByDelivery(StoredProblem.Read(error), row.Id)
            : new Answer.Shown(row, standing);
}
