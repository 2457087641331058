using System.Buffers;

namespace Gatehouse.Actors.Engine;

/// <summary>One command on its way through a mailbox. It can be cancelled until its turn begins; from then on its outcome is waited for, because the save reads its bytes.</summary>
internal sealed class Ask<TCommand, TReply>(TCommand command, ReadOnlySequence<byte> smallFile)
    : TaskCompletionSource<TReply>(TaskCreationOptions.RunContinuationsAsynchronously)
{
    private const int Queued = 0;
    private const int Begun = 1;
    private const int Cancelled = 2;

    private int _phase;
    private CancellationTokenRegistration _cancellation;
    private TReply _reply = default!;
    private Exception? _error;

    public TCommand Command { get; } = command;

    public ReadOnlySequence<byte> SmallFile { get; } = smallFile;

    public void CancelWith(CancellationToken cancellationToken)
    {
        _cancellation = cancellationToken.UnsafeRegister(static (self, token) => ((Ask<TCommand, TReply>)self!).Cancel(token), this);
        // Its turn may have begun before there was something to unregister; a token that lives as long as the node would keep the command as long.
        if (Interlocked.CompareExchange(ref _phase, Queued, Queued) != Queued) _cancellation.Unregister();
    }

    /// <summary>False: it was cancelled first and has been answered.</summary>
    public bool TryBegin()
    {
        var began = Interlocked.CompareExchange(ref _phase, Begun, Queued) == Queued;
        _cancellation.Unregister();
        return began;
    }

    /// <summary>What this run of the turn came to. A later run replaces it; nothing leaves before <see cref="Release"/>.</summary>
    public void Hold(TReply outcome) => (_reply, _error) = (outcome, null);

    public void Hold(Exception failure) => _error = failure;

    public void Release()
    {
        if (_error is null) SetResult(_reply);
        else SetException(_error);
    }

    private void Cancel(CancellationToken token)
    {
        if (Interlocked.CompareExchange(ref _phase, Cancelled, Queued) == Queued) SetCanceled(token);
    }
}
