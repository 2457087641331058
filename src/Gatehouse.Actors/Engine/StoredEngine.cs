using System.Buffers;
using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace Gatehouse.Actors.Engine;

/// <summary>
/// Runs one kind of actor over a store: one turn at a time per key in order of asking, a reply only after its save. A key costs memory only while commands of it wait or run;
/// commands that queue up behind a save share the next one.
/// </summary>
/// <param name="observers">Told of records after their commit, in order of commit per key. They must be quick; one that throws is logged and passed over.</param>
/// <param name="signal">Told when something becomes due; the pump's.</param>
public sealed class StoredEngine<TState, TCommand, TReply>(
    ActorKind<TState, TCommand, TReply> kind,
    IActorStore store,
    IEnumerable<IRecordObserver> observers,
    TimeProvider time,
    StoredEngineOptions options,
    DueSignal? signal = null,
    ILogger? log = null) : IActors<TCommand, TReply>
    where TState : class
{
    private readonly ConcurrentDictionary<string, Mailbox<TState, TCommand, TReply>> _mailboxes = new(StringComparer.Ordinal);
    private readonly TurnRunner<TState, TCommand, TReply> _runner =
        new(kind, new ObserverList([.. observers], log ?? NullLogger.Instance), time, options, signal);

    private readonly RecentStates<TState, TCommand, TReply> _recent = new(options.RecentStates);

    /// <summary>Keys with commands under way.</summary>
    public int ActiveKeys => _mailboxes.Count;

    /// <inheritdoc/>
    /// <exception cref="MailboxFullException">Too many commands of the key wait.</exception>
    /// <exception cref="StoreUnavailableException">The store failed again and again.</exception>
    /// <exception cref="NewerSchemaException">A newer release wrote the state.</exception>
    public ValueTask<TReply> AskAsync(
        string key, TCommand command, ReadOnlySequence<byte> smallFile = default, CancellationToken cancellationToken = default)
    {
        if (cancellationToken.IsCancellationRequested) return ValueTask.FromCanceled<TReply>(cancellationToken);
        var ask = new Ask<TCommand, TReply>(command, smallFile);
        while (true)
        {
            if (!_mailboxes.TryGetValue(key, out var mailbox))
            {
                mailbox = new Mailbox<TState, TCommand, TReply>(key, ask);
                if (!_mailboxes.TryAdd(key, mailbox)) continue;
                Start(mailbox);
                return new ValueTask<TReply>(ask.Task);
            }
            switch (mailbox.TryPost(ask, options.MailboxCapacity))
            {
                case Posting.Taken:
                    if (cancellationToken.CanBeCanceled) ask.CancelWith(cancellationToken);
                    return new ValueTask<TReply>(ask.Task);
                case Posting.Full:
                    throw new MailboxFullException($"Too many commands wait for {kind.Name} {key}.");
                default:
                    // Its last command was just answered; its remover may not have run yet.
                    Remove(mailbox);
                    break;
            }
        }
    }

    /// <summary>The first command runs on its caller's own thread up to the first wait: a reading turn on a ready store changes no thread.</summary>
    private void Start(Mailbox<TState, TCommand, TReply> mailbox)
    {
        if (ExecutionContext.IsFlowSuppressed())
        {
            _ = DrainAsync(mailbox);
            return;
        }
        // The caller's context (its trace) must not stick to what the mailbox does for others later.
        using (ExecutionContext.SuppressFlow()) _ = DrainAsync(mailbox);
    }

    private async Task DrainAsync(Mailbox<TState, TCommand, TReply> mailbox)
    {
        var batch = new List<Ask<TCommand, TReply>>(1);
        var actor = _recent.Take(mailbox.Key) ?? new LiveActor<TState, TCommand, TReply>(kind, store, mailbox.Key, time, options.SoleOwner);
        while (true)
        {
            batch.Clear();
            mailbox.Take(batch, options.MaxTurnsPerSave);
            if (batch.Count > 0)
            {
                var served = _runner.ServeAsync(actor, batch);
                if (served.IsCompletedSuccessfully) served.GetAwaiter().GetResult();
                else await served;
            }
            if (mailbox.TryClose(_recent, actor)) break;
            // The thread may still be a caller's: it shall not serve everybody else's commands.
            await Task.CompletedTask.ConfigureAwait(ConfigureAwaitOptions.ForceYielding);
        }
        Remove(mailbox);
    }

    private void Remove(Mailbox<TState, TCommand, TReply> mailbox) =>
        _mailboxes.TryRemove(KeyValuePair.Create(mailbox.Key, mailbox));
}
