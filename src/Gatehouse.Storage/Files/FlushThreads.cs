namespace Gatehouse.Storage;

/// <summary>
/// A few threads of its own for work that waits for the disk: a flush takes milliseconds in which a thread of the pool would serve hundreds of requests, and the pool grows slowly.
/// </summary>
internal sealed class FlushThreads : IDisposable
{
    /// <summary>They only wait: enough for the disk to merge what comes together.</summary>
    private const int Count = 8;

    private readonly object gate = new();
    private readonly Queue<Work> queue = new();
    private readonly Thread[] threads;
    private bool stopping;

    public FlushThreads()
    {
        threads = [.. Enumerable.Range(1, Count).Select(i => new Thread(Run) { IsBackground = true, Name = $"gatehouse flush {i}" })];
        foreach (var thread in threads) thread.Start();
    }

    /// <exception cref="ObjectDisposedException">The store is closed.</exception>
    public Task RunAsync(Action work)
    {
        var item = new Work(work);
        lock (gate)
        {
            ObjectDisposedException.ThrowIf(stopping, this);
            queue.Enqueue(item);
            Monitor.Pulse(gate);
        }
        return item.Task;
    }

    /// <summary>What was asked before is still done.</summary>
    public void Dispose()
    {
        lock (gate)
        {
            if (stopping) return;
            stopping = true;
            Monitor.PulseAll(gate);
        }
        foreach (var thread in threads) thread.Join();
    }

    private void Run()
    {
        while (true)
        {
            Work? work;
            lock (gate)
            {
                while (!queue.TryDequeue(out work))
                {
                    if (stopping) return;
                    Monitor.Wait(gate);
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
