namespace Gatehouse.Gateway.Pipeline;

/// <summary>The uploads that the node has begun and not answered yet. A stop leaves the door open until there are none, so that whoever comes meanwhile hears why nobody lets him in.</summary>
public sealed class UploadsUnderWay
{
    private readonly Lock _gate = new();
    private TaskCompletionSource? _waiting;
    private int _count;

    /// <summary>Done when there are none, at once if that is now.</summary>
    public Task None
    {
        get
        {
            lock (_gate) return _count == 0 ? Task.CompletedTask : (_waiting ??= new(TaskCreationOptions.RunContinuationsAsynchronously)).Task;
        }
    }

    /// <summary>One more, until what is returned is disposed.</summary>
    public IDisposable Begin()
    {
        lock (_gate) _count++;
        return new Upload(this);
    }

    private void End()
    {
        lock (_gate)
        {
            if (--_count > 0) return;
            _waiting?.SetResult();
            _waiting = null;
        }
    }

    private sealed class Upload(UploadsUnderWay all) : IDisposable
    {
        private UploadsUnderWay? _all = all;

        public void Dispose() => Interlocked.Exchange(ref _all, null)?.End();
    }
}
