using System.Buffers;
using System.Threading.Channels;
using Gatehouse.Actors;
using Gatehouse.Actors.Tokens;

namespace Gatehouse.Genesys.Tests;

/// <summary>A token actor whose part the test plays: it receives each command and answers when it likes.</summary>
internal sealed class Desk : IActors<TokenCommand, TokenReply>
{
    private readonly Channel<Asked> _asked = Channel.CreateUnbounded<Asked>();

    /// <summary>Commands that nobody has received yet.</summary>
    public int Unread => _asked.Reader.Count;

    public async ValueTask<TokenReply> AskAsync(string key, TokenCommand command, ReadOnlySequence<byte> smallFile = default, CancellationToken cancellationToken = default)
    {
        var asked = new Asked(key, command);
        Assert.True(_asked.Writer.TryWrite(asked));
        return await asked.Answer.Task.WaitAsync(cancellationToken);
    }

    public async Task<Asked> NextAsync<T>()
        where T : TokenCommand
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(20));
        var asked = await _asked.Reader.ReadAsync(patience.Token);
        Assert.IsType<T>(asked.Command);
        return asked;
    }

    internal sealed record Asked(string Key, TokenCommand Command)
    {
        public TaskCompletionSource<TokenReply> Answer { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public void Reply(TokenReply reply) => Answer.SetResult(reply);

        public void Done() => Reply(new TokenReply.Done(0));
    }
}
