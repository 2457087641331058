using System.Buffers;
using Gatehouse.Actors;
using Gatehouse.Actors.Engine;
using Gatehouse.Silo.Grains;

namespace Gatehouse.Silo.Asking;

/// <summary>
/// The actors of one kind, asked through their grains. A call that met a full mailbox, a dead silo or no answer in time is made again with the same command, whose id settles whether it was applied. The records of a
/// commit are told here, on the node that asked.
/// </summary>
/// <param name="signal">Told when something becomes due; the pump's.</param>
public sealed partial class GrainActors<TGrain, TCommand, TReply>(
    IGrainFactory grains, IEnumerable<IRecordObserver> observers, DueSignal? signal, AskLimits limits, TimeProvider time, Random random, string kind, ILogger log) : IActors<TCommand, TReply>
    where TGrain : ITurnGrain<TCommand, TReply>
    where TCommand : class
    where TReply : class
{
    private readonly ObserverList _observers = new([.. observers], log);

    /// <inheritdoc/>
    /// <exception cref="MailboxFullException">Too many commands of the key wait.</exception>
    /// <exception cref="StoreUnavailableException">No silo answered, or the store failed, again and again.</exception>
    /// <exception cref="NewerSchemaException">A newer release wrote the state.</exception>
    public async ValueTask<TReply> AskAsync(string key, TCommand command, ReadOnlySequence<byte> smallFile = default, CancellationToken cancellationToken = default)
    {
        if (!smallFile.IsEmpty) throw new ArgumentException("A file's bytes do not go through a grain: they are put into the blob store first.", nameof(smallFile));
        var grain = grains.GetGrain<TGrain>(key);
        var began = time.GetTimestamp();
        for (var pause = limits.FirstPause; ; pause = pause * 2 < limits.LongestPause ? pause * 2 : limits.LongestPause)
        {
            var (answer, failure) = await TryAsync(grain, command, cancellationToken);
            if (answer is { Fault: not TurnFault.NotSaved }) return Accept(grain, key, answer);
            if (time.GetElapsedTime(began) + pause > limits.Within) throw GivenUp(key, answer?.Why, failure);
            LogTryAgain(log, kind, key, command.GetType().Name, answer?.Why ?? failure!.GetType().Name);
            await Task.Delay(pause * (0.5 + (0.5 * random.NextDouble())), time, cancellationToken);
        }
    }

    /// <summary>Either an answer, or why there is none yet.</summary>
    private static async ValueTask<(TurnAnswer<TReply>? Answer, Exception? Failure)> TryAsync(TGrain grain, TCommand command, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        try
        {
            var call = grain.AskAsync(command);
            return (await (cancellationToken.CanBeCanceled ? new ValueTask<TurnAnswer<TReply>>(call.AsTask().WaitAsync(cancellationToken)) : call), null);
        }
        catch (Exception e) when (e is OrleansException or TimeoutException)
        {
            return (null, e);
        }
    }

    private TReply Accept(TGrain grain, string key, TurnAnswer<TReply> answer)
    {
        switch (answer.Fault)
        {
            case TurnFault.None:
                if (answer.Records.Length > 0) _observers.Tell(new ActorKey(kind, key), answer.Records);
                if (answer.DueIn is { } due) signal?.DueAt(time.GetUtcNow() + due);
                return answer.Reply!;
            case TurnFault.NewerSchema:
                throw new NewerSchemaException(answer.Why!);
            default:
                throw new InvalidOperationException(answer.Why ?? $"{grain.GetGrainId()} answered with {answer.Fault}.");
        }
    }

    private Exception GivenUp(string key, string? why, Exception? failure) => failure is LimitExceededException
        ? new MailboxFullException($"Too many commands wait for {kind} {key}.")
        : new StoreUnavailableException(why ?? $"No silo answered for {kind} {key} in {limits.Within.TotalSeconds:0} s.", failure);

    [LoggerMessage(EventId = 5101, Level = LogLevel.Information, Message = "{Kind} {Key}: {Command} is asked again ({Why})")]
    private static partial void LogTryAgain(ILogger logger, string kind, string key, string command, string why);
}
