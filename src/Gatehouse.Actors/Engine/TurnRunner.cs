using System.Buffers;

namespace Gatehouse.Actors.Engine;

/// <summary>Serves a batch of commands of one key: turns, one save, then the replies. After a lost race or a save of unknown outcome it loads again and runs them all again.</summary>
internal sealed class TurnRunner<TState, TCommand, TReply>(
    ActorKind<TState, TCommand, TReply> kind,
    ObserverList observers,
    TimeProvider time,
    StoredEngineOptions options,
    DueSignal? signal)
    where TState : class
{
    /// <summary>Never throws: every command of the batch is answered, if only with an exception.</summary>
    public async ValueTask ServeAsync(LiveActor<TState, TCommand, TReply> actor, List<Ask<TCommand, TReply>> batch)
    {
        var (failures, races) = (0, 0);
        while (true)
        {
            try
            {
                var loadedNow = actor.State is null;
                if (loadedNow) await actor.LoadAsync();
                var run = Run(actor, batch);
                if (!run.Changed)
                {
                    if (loadedNow || options.SoleOwner)
                    {
                        Release(batch);
                        return;
                    }
                    actor.Forget();
                    continue;
                }
                if (await actor.SaveAsync(run.State, run.Records, run.SmallFile) is { } commit)
                {
                    if (run.Records.Count > 0) observers.Tell(actor.Key, run.Records);
                    if (commit.DueIn is { } due) signal?.DueAt(time.GetUtcNow() + due);
                    Release(batch);
                    return;
                }
                if (++races < options.MaxRaces) continue;
                Fail(batch, new StoreUnavailableException($"Others wrote {kind.Name} {actor.Key.Key} first in {races} tries.", null));
                return;
            }
            catch (NewerSchemaException newer)
            {
                Fail(batch, newer);
                return;
            }
            catch (Exception e)
            {
                if (++failures == options.MaxTries)
                {
                    Fail(batch, new StoreUnavailableException($"The store could not save {kind.Name} {actor.Key.Key} in {failures} tries.", e));
                    return;
                }
                await Task.Delay(options.RetryPause * (1 << (failures - 1)), time, CancellationToken.None);
            }
        }
    }

    private TurnsRun Run(LiveActor<TState, TCommand, TReply> actor, List<Ask<TCommand, TReply>> batch)
    {
        var state = actor.State!;
        IReadOnlyList<Record> records = [];
        List<Record>? several = null;
        ReadOnlySequence<byte> smallFile = default;
        foreach (var ask in batch)
        {
            try
            {
                var turn = kind.Run(state, ask.Command, actor.Now);
                ask.Hold(turn.Reply);
                state = turn.State;
                if (turn.Records.Count == 0) continue;
                if (records.Count == 0)
                {
                    records = turn.Records;
                }
                else
                {
                    several ??= [.. records];
                    several.AddRange(turn.Records);
                    records = several;
                }
                if (!ask.SmallFile.IsEmpty) smallFile = ask.SmallFile;
            }
            catch (Exception e)
            {
                // A turn is pure: one that threw has changed nothing, and is its own caller's trouble alone.
                ask.Hold(e);
            }
        }
        return new TurnsRun(state, records, smallFile, records.Count > 0 || !ReferenceEquals(state, actor.State));
    }

    private static void Release(List<Ask<TCommand, TReply>> batch)
    {
        foreach (var ask in batch) ask.Release();
    }

    private static void Fail(List<Ask<TCommand, TReply>> batch, Exception failure)
    {
        foreach (var ask in batch)
        {
            ask.Hold(failure);
            ask.Release();
        }
    }

    private readonly record struct TurnsRun(TState State, IReadOnlyList<Record> Records, ReadOnlySequence<byte> SmallFile, bool Changed);
}
