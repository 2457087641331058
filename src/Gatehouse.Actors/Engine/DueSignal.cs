namespace Gatehouse.Actors.Engine;

/// <summary>Tells a pump of this node that an actor becomes due earlier than the pump means to look. Every save passes here, so it takes no lock for a time past the pump's next look.</summary>
public sealed class DueSignal
{
    private volatile TaskCompletionSource _sleeper = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private long _looksAgainAt = long.MaxValue;

    /// <summary>Something is due at <paramref name="due"/>, by this node's clock.</summary>
    public void DueAt(DateTimeOffset due)
    {
        if (due.UtcTicks < Volatile.Read(ref _looksAgainAt)) Wake();
    }

    /// <summary>Something else changed that the pump waits for: its handler has room again.</summary>
    public void Wake() => _sleeper.TrySetResult();

    /// <summary>To be called before a look at the store: what becomes due after this ends the sleep that follows the look.</summary>
    internal Task Arm(DateTimeOffset looksAgain)
    {
        var armed = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        _sleeper = armed;
        Volatile.Write(ref _looksAgainAt, looksAgain.UtcTicks);
        return armed.Task;
    }

    /// <summary>From now on only what is due before <paramref name="looksAgain"/> is worth waking for.</summary>
    internal void SleepsUntil(DateTimeOffset looksAgain) => Volatile.Write(ref _looksAgainAt, looksAgain.UtcTicks);
}
