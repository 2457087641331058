namespace Gatehouse.Storage;

/// <summary>
/// A few _threads of its own for work that waits for the disk: a flush takes milliseconds in which a thread of the pool would serve hundreds of requests, and the pool grows slowly.
/// </summary>
internal sealed class FlushThreads : IDisposable
{
    /// <summary>They only wait: enough for the disk to merge what comes together.</summary>
    private const int Count = 8;

    private readonly object _gate = new();
    private readonly Queue<Work> _queue = new();
    private readonly Thread[] _threads;
    private bool _stopping;

    public FlushThreads()
    {
        _threads = [.. Enumerable.Range(1, Count).Select(i => new Thread(Run) { IsBackground = true, Name = $"gatehouse flush {i}" })];
        foreach (var thread in _threads) thread.Start();
    }

    /// <exception cref="ObjectDisposedException">The store is closed.</exception>
    public Task RunAsync(Action work)
    {
        var item = new Work(work);
        lock (_gate)
        {
            ObjectDisposedException.ThrowIf(_stopping, this);
            _queue.Enqueue(item);
            Monitor.Pulse(_gate);
        }
        return item.Task;
    }

    /// <summary>What was asked before is still done.</summary>
    public void Dispose()
    {
        lock (_gate)
        {
            if (_stopping) return;
            _stopping = true;
            Monitor.PulseAll(_gate);
        }
        foreach (var thread in _threads) thread.Join();
    }

    private void Run()
    {
        while (true)
        {
            Work? work;
            lock (_gate)
            {
                while (!_queue.TryDequeue(out work))
                {
                    if (_stopping) return;
                    Monitor.Wait(_gate);
                }
            }
            work.Run();
        }
    }

    private sealed class Work(Action work) : TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously)
    {
        public void Run()
        {
            try
            {
                work();
                SetResult();
            }
            catch (Exception e)
            {
                SetException(e);
            }
        }
    }
}
