using System.Buffers;
using Gatehouse.Actors;

namespace Gatehouse.Genesys.Tests;

/// <summary>Runs one kind's turns under a lock, each state written down and read again between two turns, as a store would.</summary>
internal sealed class LocalActors<TState, TCommand, TReply>(ActorKind<TState, TCommand, TReply> kind, TimeProvider time) : IActors<TCommand, TReply>
    where TState : class
{
    private readonly Lock _sync = new();
    private readonly Dictionary<string, byte[]> _states = new(StringComparer.Ordinal);

    /// <summary>Every command that was asked, in order.</summary>
    private List<TCommand> Commands { get; } = [];

    private List<TReply> Replies { get; } = [];

    public T Look<T>(Func<IReadOnlyList<TCommand>, IReadOnlyList<TReply>, T> look)
    {
        lock (_sync) return look(Commands, Replies);
    }

    public ValueTask<TReply> AskAsync(string key, TCommand command, ReadOnlySequence<byte> smallFile = default, CancellationToken cancellationToken = default)
    {
        cancellationToken.ThrowIfCancellationRequested();
        lock (_sync)
        {
            Commands.Add(command);
            var state = _states.TryGetValue(key, out var stored) ? kind.Read(kind.Schema, stored) : kind.Empty;
            var turn = kind.Run(state, command, time.GetUtcNow());
            var written = new ArrayBufferWriter<byte>();
            kind.Write(turn.State, written);
            _states[key] = written.WrittenSpan.ToArray();
            Replies.Add(turn.Reply);
            return ValueTask.FromResult(turn.Reply);
        }
    }
}
