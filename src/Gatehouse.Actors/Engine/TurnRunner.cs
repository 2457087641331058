using System.Buffers;

namespace Gatehouse.Actors.Engine;

/// <summary>Serves a batch of commands of one key: turns, one save, then the replies. After a lost race or a save of unknown outcome it loads again and runs them all again.</summary>
internal sealed class TurnRunner<TState, TCommand, TReply>(
    ActorKind<TState, TCommand, TReply> kind,
    IActorStore store,
    ObserverList observers,
    TimeProvider time,
    StoredEngineOptions options,
    DueSignal? signal)
    where TState : class
{
    /// <summary>Never throws: every command of the batch is answered, if only with an exception.</summary>
    public async ValueTask ServeAsync(Mailbox<TState, TCommand, TReply> mailbox, List<Ask<TCommand, TReply>> batch)
    {
        Exception? failure = null;
        for (var attempt = 1; attempt <= options.MaxTries; attempt++)
        {
            try
            {
                var loadedNow = mailbox.State is null;
                if (loadedNow) await LoadAsync(mailbox);
                var run = Run(mailbox, batch);
                if (!run.Changed)
                {
                    if (loadedNow || options.SoleOwner)
                    {
                        Release(batch);
                        return;
                    }
                    mailbox.State = null;
                    continue;
                }
                if (await SaveAsync(mailbox, run))
                {
                    Release(batch);
                    return;
                }
                failure = null;
            }
            catch (NewerSchemaException newer)
            {
                mailbox.State = null;
                Fail(batch, newer);
                return;
            }
            catch (Exception e)
            {
                failure = e;
                mailbox.State = null;
                if (attempt < options.MaxTries) await Task.Delay(options.RetryPause * (1 << (attempt - 1)), time, CancellationToken.None);
            }
        }
        Fail(batch, new StoreUnavailableException($"The store could not save {kind.Name} {mailbox.Key} in {options.MaxTries} tries.", failure));
    }

    private async ValueTask LoadAsync(Mailbox<TState, TCommand, TReply> mailbox)
    {
        var stored = await store.LoadAsync(new ActorKey(kind.Name, mailbox.Key), CancellationToken.None);
        if (stored.Schema > kind.Schema)
        {
            throw new NewerSchemaException(
                $"{kind.Name} {mailbox.Key} was written with schema {stored.Schema}; this release reads up to {kind.Schema}. Start the newer release.");
        }
        mailbox.Clock = new StoreClock(stored.Now, time);
        mailbox.Version = stored.Version;
        mailbox.State = stored.Version == 0 ? kind.Empty : kind.Read(stored.Schema, stored.State.Span);
    }

    private TurnsRun Run(Mailbox<TState, TCommand, TReply> mailbox, List<Ask<TCommand, TReply>> batch)
    {
        var state = mailbox.State!;
        IReadOnlyList<Record> records = [];
        List<Record>? several = null;
        ReadOnlySequence<byte> smallFile = default;
        foreach (var ask in batch)
        {
            try
            {
                var turn = kind.Run(state, ask.Command, mailbox.Clock.Now);
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
        return new TurnsRun(state, records, smallFile, records.Count > 0 || !ReferenceEquals(state, mailbox.State));
    }

    /// <summary>False: a lost race; the state is forgotten.</summary>
    private async ValueTask<bool> SaveAsync(Mailbox<TState, TCommand, TReply> mailbox, TurnsRun run)
    {
        using var written = new PooledWriter();
        kind.Write(run.State, written);
        var key = new ActorKey(kind.Name, mailbox.Key);
        var wake = kind.Wake(run.State);
        var outcome = await store.SaveAsync(
            new ActorSave
            {
                Key = key,
                ExpectedVersion = mailbox.Version,
                Schema = kind.Schema,
                State = written.Written,
                Wake = wake,
                Records = run.Records,
                SmallFile = run.SmallFile,
            },
            CancellationToken.None);
        if (!outcome.Saved)
        {
            mailbox.State = null;
            return false;
        }
        mailbox.State = run.State;
        mailbox.Version = outcome.Version;
        mailbox.Clock = new StoreClock(outcome.Now, time);
        if (run.Records.Count > 0) observers.Tell(key, run.Records);
        if (wake.DueAt is { } due) signal?.DueAt(time.GetUtcNow() + (due - outcome.Now));
        return true;
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
