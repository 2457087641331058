namespace Gatehouse.Actors.Engine;

/// <summary>Tells a pump of this node that an actor has become due earlier than the pump means to look.</summary>
public sealed class DueSignal
{
    private readonly Lock gate = new();
    private long sleepsUntil = long.MinValue;
    private TaskCompletionSource? sleeper;

    /// <summary>Something is due at <paramref name="due"/>, by the store's clock.</summary>
    public void DueAt(DateTimeOffset due)
    {
        // Read without the lock: every save passes here, and a sleep that begins meanwhile starts from a fresh look at the store.
        if (due.UtcTicks >= Volatile.Read(ref sleepsUntil)) return;
        Wake();
    }

    /// <summary>Something else changed that the pump waits for: the handler has room again.</summary>
    public void Wake()
    {
        lock (gate)
        {
            sleepsUntil = long.MinValue;
            sleeper?.TrySetResult();
        }
    }

    /// <summary>To be called before the look at the store, so that what is saved during the look ends the sleep after it.</summary>
    internal Task Arm(DateTimeOffset until)
    {
        lock (gate)
        {
            sleepsUntil = until.UtcTicks;
            sleeper = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            return sleeper.Task;
        }
    }
}
