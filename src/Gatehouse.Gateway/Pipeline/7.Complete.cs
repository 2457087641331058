using Gatehouse.Actors;
using Gatehouse.Actors.Contacts;
using Gatehouse.Gateway.Configuration;
using Gatehouse.Gateway.Delivery;
using Gatehouse.Gateway.Problems;
using Gatehouse.Genesys;

namespace Gatehouse.Gateway.Pipeline;

/// <summary>
/// Step 7: the sender records the outcome in one turn (<see cref="Attempt"/>), and the caller hears of it if it comes within the wait; else 202, at once where the wait cannot suffice.
/// </summary>
public sealed class Complete(IUploadRows rows, ITokenGate gate, Node node, GatehouseOptions options, TimeProvider time) : IUploadStep
{
    /// <summary>Another node may send the upload, or the answer that would tell of its end be lost: then only its row tells. Most have ended before the first look, which reads one row by its key.</summary>
    private static readonly TimeSpan LookEvery = TimeSpan.FromSeconds(1);

    public async ValueTask<Answer?> RunAsync(UploadInProgress upload, CancellationToken cancellationToken)
    {
        var watch = upload.Watch!;
        var row = upload.Admission is ContactReply.Admitted admitted ? admitted.Row : await rows.FindAsync(watch.Id, cancellationToken);
        if (row is null) return new Problem(ProblemCodes.InternalError) { CorrelationId = upload.Http.TraceIdentifier };

        // A duplicate's or repeat's first may have ended long ago: then nobody will tell of it any more.
        if (row.Status.IsFinal()) return AnswerOf(row, upload.Standing);
        // A repeat is answered with the present state, without a wait.
        var wait = upload.Standing == Standing.Replayed ? TimeSpan.Zero : upload.Prefer.Wait ?? TimeSpan.FromSeconds(options.Delivery.WaitSeconds);
        if (wait > TimeSpan.Zero && !MaySuffice(upload, row, wait)) wait = TimeSpan.Zero;
        if (await EndAsync(watch, wait, cancellationToken) is { } moved) row = moved.Apply(row);
        // After a wait in vain the row tells of attempts made meanwhile.
        else if (wait > TimeSpan.Zero) row = await rows.FindAsync(row.Id, cancellationToken) ?? row;
        return AnswerOf(row, upload.Standing);
    }

    /// <summary>Null: the answer is 202, and from here on the upload stays whatever its route says.</summary>
    private async ValueTask<UploadMoved?> EndAsync(Outcomes.Watch watch, TimeSpan wait, CancellationToken cancellationToken)
    {
        if (await WaitAsync(watch, wait, cancellationToken) is { } moved) return moved;
        if (watch.Ended.IsCompletedSuccessfully) return await watch.Ended;
        return watch.TryPromise() ? null : await watch.Ended.WaitAsync(cancellationToken);
    }

    /// <summary>Null: no end within the wait, or one that only the row tells of.</summary>
    private async ValueTask<UploadMoved?> WaitAsync(Outcomes.Watch watch, TimeSpan wait, CancellationToken cancellationToken)
    {
        var began = time.GetTimestamp();
        for (var left = wait; left > TimeSpan.Zero; left = wait - time.GetElapsedTime(began))
        {
            try
            {
                return await watch.Ended.WaitAsync(node.SoleOwner || left < LookEvery ? left : LookEvery, time, cancellationToken);
            }
            catch (TimeoutException)
            {
                if (node.SoleOwner || await HasEndedAsync(watch.Id, cancellationToken)) break;
            }
        }
        return null;
    }

    private async ValueTask<bool> HasEndedAsync(UploadId id, CancellationToken cancellationToken)
    {
        try
        {
            return await rows.FindAsync(id, cancellationToken) is { } row && row.Status.IsFinal();
        }
        catch (Exception e) when (e is not (OperationCanceledException or OutOfMemoryException))
        {
            // The store is away for a moment: the next look will tell.
            return false;
        }
    }

    private bool MaySuffice(UploadInProgress upload, UploadRow row, TimeSpan wait)
    {
        if (upload.Admission is ContactReply.Admitted { Claim: not null }) return true;
        if (upload.Route?.Health.IsOpen ?? false) return false;
        var until = time.GetUtcNow() + wait;
        if (gate.PausedUntil > until) return false;
        return row.Status == UploadStatus.Delivering || upload.Admission is not ContactReply.Admitted { HeadNotBefore: { } at } || at <= until;
    }

    private static Answer AnswerOf(UploadRow row, Standing standing) =>
        row.Status is UploadStatus.Failed or UploadStatus.Expired && row.Error is { } error
            ? new Answer.RefusedByDelivery(StoredProblem.Read(error), row.Id)
            : new Answer.Shown(row, standing);
}
