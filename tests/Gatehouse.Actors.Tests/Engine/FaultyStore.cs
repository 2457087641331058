namespace Gatehouse.Actors.Tests.Engine;

/// <summary>A real store whose saves can be held up, counted, and made to fail before or after they happened, and its looks for what is due to fail.</summary>
internal sealed class FaultyStore(IActorStore inner) : IActorStore
{
    private readonly Lock _gate = new();
    private readonly Queue<Fault> _faults = new();
    private TaskCompletionSource? _held;
    private TaskCompletionSource _arrived = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public int Loads { get; private set; }

    public int Saves { get; private set; }

    /// <summary>How many of the next looks for what is due fail.</summary>
    public int FailingLooks { get; set; }

    /// <summary>Completes when a save has arrived at the held gate.</summary>
    public Task SaveArrived => _arrived.Task;

    public void Next(params Fault[] next)
    {
        lock (_gate) foreach (var fault in next) _faults.Enqueue(fault);
    }

    public void Hold()
    {
        _arrived = new(TaskCreationOptions.RunContinuationsAsynchronously);
        _held = new(TaskCreationOptions.RunContinuationsAsynchronously);
    }

    public void LetGo()
    {
        var letGo = _held;
        _held = null;
        letGo!.SetResult();
    }

    public ValueTask<StoredActor> LoadAsync(ActorKey key, CancellationToken cancellationToken)
    {
        lock (_gate) Loads++;
        return inner.LoadAsync(key, cancellationToken);
    }

    public async ValueTask<SaveOutcome> SaveAsync(ActorSave save, CancellationToken cancellationToken)
    {
        Fault fault;
        lock (_gate)
        {
            Saves++;
            if (!_faults.TryDequeue(out fault)) fault = Fault.None;
        }
        if (_held is { } wait)
        {
            _arrived.TrySetResult();
            await wait.Task;
        }
        if (fault == Fault.BeforeCommit) throw new IOException("the disk is gone");
        if (fault == Fault.LostRace) return SaveOutcome.Conflict;
        var outcome = await inner.SaveAsync(save, cancellationToken);
        return fault == Fault.AfterCommit ? throw new IOException("the answer is lost") : outcome;
    }

    public ValueTask<IReadOnlyList<string>> TakeDueAsync(string kind, int limit, TimeSpan moveOn, CancellationToken cancellationToken) =>
        inner.TakeDueAsync(kind, limit, moveOn, cancellationToken);

    public ValueTask<TimeSpan?> UntilDueAsync(string kind, CancellationToken cancellationToken) =>
        FailingLooks-- > 0 ? throw new IOException("the disk is gone") : inner.UntilDueAsync(kind, cancellationToken);

    public ValueTask<int> HastenAsync(string kind, CancellationToken cancellationToken) => inner.HastenAsync(kind, cancellationToken);
}

internal enum Fault
{
    None,
    BeforeCommit,
    AfterCommit,
    LostRace,
}
