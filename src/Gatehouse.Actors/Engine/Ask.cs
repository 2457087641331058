using System.Buffers;

namespace Gatehouse.Actors.Engine;

/// <summary>One command on its way through a mailbox. It can be cancelled until its turn begins; from then on its outcome is waited for, because the save reads its bytes.</summary>
internal sealed class Ask<TCommand, TReply>(TCommand command, ReadOnlySequence<byte> smallFile)
    : TaskCompletionSource<TReply>(TaskCreationOptions.RunContinuationsAsynchronously)
{
    private const int Queued = 0;
    private const int Begun = 1;
    private const int Cancelled = 2;

    private int phase;
    private CancellationTokenRegistration cancellation;
    private TReply reply = default!;
    private Exception? error;

    public TCommand Command { get; } = command;

    public ReadOnlySequence<byte> SmallFile { get; } = smallFile;

    public void CancelWith(CancellationToken cancellationToken) =>
        cancellation = cancellationToken.UnsafeRegister(static (self, token) => ((Ask<TCommand, TReply>)self!).Cancel(token), this);

    /// <summary>False: it was cancelled first and has been answered.</summary>
    public bool TryBegin()
    {
        cancellation.Unregister();
        return Interlocked.CompareExchange(ref phase, Begun, Queued) == Queued;
    }

    /// <summary>What this run of the turn came to. A later run replaces it; nothing leaves before <see cref="Release"/>.</summary>
    public void Hold(TReply outcome) => (reply, error) = (outcome, null);

    public void Hold(Exception failure) => error = failure;

    public void Release()
    {
        if (error is null) SetResult(reply);
        else SetException(error);
    }

    private void Cancel(CancellationToken token)
    {
        if (Interlocked.CompareExchange(ref phase, Cancelled, Queued) == Queued) SetCanceled(token);
    }
}
