using System.Collections.Concurrent;
using System.Diagnostics;
using Gatehouse.Actors;

namespace Gatehouse.StoreBench;

/// <summary>A store whose loads are counted and whose saves are timed.</summary>
internal sealed class MeasuredStore(IActorStore inner) : IActorStore
{
    private readonly ConcurrentBag<long> _saves = [];
    private long _loads;

    public long Loads => Interlocked.Read(ref _loads);

    public int Saves => _saves.Count;

    /// <summary>Milliseconds below which this share of the saves stayed.</summary>
    public double SaveMilliseconds(double share)
    {
        var sorted = _saves.Order().ToArray();
        return sorted.Length == 0 ? 0 : Stopwatch.GetElapsedTime(0, sorted[(int)Math.Min(sorted.Length - 1, sorted.Length * share)]).TotalMilliseconds;
    }

    public void Reset()
    {
        _saves.Clear();
        Interlocked.Exchange(ref _loads, 0);
    }

    public ValueTask<StoredActor> LoadAsync(ActorKey key, CancellationToken cancellationToken)
    {
        Interlocked.Increment(ref _loads);
        return inner.LoadAsync(key, cancellationToken);
    }

    public async ValueTask<SaveOutcome> SaveAsync(ActorSave save, CancellationToken cancellationToken)
    {
        var began = Stopwatch.GetTimestamp();
        var outcome = await inner.SaveAsync(save, cancellationToken);
        _saves.Add(Stopwatch.GetTimestamp() - began);
        return outcome;
    }

    public ValueTask<IReadOnlyList<string>> TakeDueAsync(string kind, int limit, TimeSpan moveOn, CancellationToken cancellationToken) => inner.TakeDueAsync(kind, limit, moveOn, cancellationToken);

    public ValueTask<TimeSpan?> UntilDueAsync(string kind, CancellationToken cancellationToken) => inner.UntilDueAsync(kind, cancellationToken);

    public ValueTask<int> HastenAsync(string kind, CancellationToken cancellationToken) => inner.HastenAsync(kind, cancellationToken);
}
