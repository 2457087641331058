using System.Buffers;
using Gatehouse.Actors;
using Gatehouse.Actors.Engine;

namespace Gatehouse.Silo.Grains;

/// <summary>
/// Runs one kind's turns on the activation's own state, which stays in memory between commands: a changing turn costs one save and no load. That the activation is the only one is what makes it cheap; that the
/// version in the store still holds is what makes it right.
/// </summary>
public abstract partial class TurnGrain<TState, TCommand, TReply>(ActorKind<TState, TCommand, TReply> kind, IActorStore store, TimeProvider time, ILogger log) : Grain, ITurnGrain<TCommand, TReply>
    where TState : class
    where TCommand : class
    where TReply : class
{
    /// <summary>One lost race is another engine's command that came between. Two in a row: somebody else holds this actor, and this activation makes way.</summary>
    private const int MostConflicts = 1;

    private LiveActor<TState, TCommand, TReply>? _actor;

    private LiveActor<TState, TCommand, TReply> Actor => _actor ??= new(kind, store, this.GetPrimaryKeyString(), time);

    public async ValueTask<TurnAnswer<TReply>> AskAsync(TCommand command)
    {
        try
        {
            if (Actor.IsOld) Actor.Forget();
            for (var conflicts = 0; conflicts <= MostConflicts;)
            {
                var loadedNow = Actor.State is null;
                if (loadedNow) await Actor.LoadAsync();
                if (!TryRun(command, out var turn, out var failed)) return failed;
                if (ReferenceEquals(turn.State, Actor.State) && turn.Records.Count == 0)
                {
                    // A reply that promises something stands on a version that was just looked at.
                    if (loadedNow || kind.PromisesNothing(turn.Reply)) return new(turn.Reply, [], dueIn: null);
                    Actor.Forget();
                }
                else if (await Actor.SaveAsync(turn.State, turn.Records, ReadOnlySequence<byte>.Empty) is { } commit)
                {
                    return new(turn.Reply, turn.Records, commit.DueIn);
                }
                else
                {
                    conflicts++;
                }
            }
            LogConflicts(log, kind.Name, Actor.Key.Key);
            return Leave(TurnFault.NotSaved, $"{kind.Name} {Actor.Key.Key} is saved by somebody else at the same time.");
        }
        catch (NewerSchemaException newer)
        {
            return Leave(TurnFault.NewerSchema, newer.Message);
        }
        catch (Exception e) when (e is not OutOfMemoryException)
        {
            LogNotSaved(log, kind.Name, Actor.Key.Key, e);
            return Leave(TurnFault.NotSaved, $"The store failed for {kind.Name} {Actor.Key.Key}.");
        }
    }

    /// <summary>A turn is pure: one that threw has changed nothing, and is its own caller's trouble alone.</summary>
    private bool TryRun(TCommand command, out Turn<TState, TReply> turn, out TurnAnswer<TReply> failed)
    {
        try
        {
            turn = kind.Run(Actor.State!, command, Actor.Now);
            failed = null!;
            return true;
        }
        catch (Exception e) when (e is not OutOfMemoryException)
        {
            LogTurnFailed(log, kind.Name, Actor.Key.Key, command.GetType().Name, e);
            turn = null!;
            failed = new(TurnFault.TurnFailed, $"{command.GetType().Name} of {kind.Name} {Actor.Key.Key} failed: {e.Message}");
            return false;
        }
    }

    /// <summary>This activation ends; whoever asks next gets a new one, perhaps on another silo, that loads anew.</summary>
    private TurnAnswer<TReply> Leave(TurnFault fault, string why)
    {
        Actor.Forget();
        DeactivateOnIdle();
        return new(fault, why);
    }

    [LoggerMessage(EventId = 5001, Level = LogLevel.Warning, Message = "{Kind} {Key} lost two saves in a row to somebody else; this activation makes way")]
    private static partial void LogConflicts(ILogger logger, string kind, string key);

    [LoggerMessage(EventId = 5002, Level = LogLevel.Warning, Message = "The store failed for {Kind} {Key}; this activation makes way")]
    private static partial void LogNotSaved(ILogger logger, string kind, string key, Exception error);

    [LoggerMessage(EventId = 5003, Level = LogLevel.Error, Message = "{Kind} {Key}: {Command} failed in its turn")]
    private static partial void LogTurnFailed(ILogger logger, string kind, string key, string command, Exception error);
}
