using System.Buffers;
using Gatehouse.Actors.Codec;

namespace Gatehouse.Actors.Tokens;

/// <summary>An OAuth client's actor: its access token, that token's refresh, the request budget and the pause. The rules in words in <c>docs/actors.md</c>.</summary>
public sealed class TokenActor : ActorKind<TokenState, TokenCommand, TokenReply>
{
    private readonly TokenRules _rules;
    private readonly Budget _budget;

    public TokenActor(TokenRules rules)
    {
        rules.Validate();
        _rules = rules;
        _budget = new Budget(rules);
    }

    public override string Name => "token";

    public override TokenState Empty => TokenState.Empty;

    public override int Schema => TokenCodec.Schema;

    public override TokenTurn Run(TokenState state, TokenCommand command, DateTimeOffset now)
    {
        var time = now.UtcTicks;
        // The count first: it says which budget the rest is settled by.
        if (command is TakeLease { Seen: not null } told) state = state.Corrected(_budget, told, time);
        state = state.Settled(_rules, _budget, time);
        return command switch
        {
            TakeLease lease => TakeLeaseTurn.Run(_rules, _budget, state, lease, time),
            Refreshed refreshed => RefreshTurns.Refreshed(_rules, state, refreshed, time),
            RefreshFailed failed => RefreshTurns.Failed(_rules, state, failed, time),
            SecretChanged => SecretChangedTurn.Run(state),
            Invalidate invalidate => InvalidateTurn.Run(state, invalidate),
            BackOff backOff => BackOffTurn.Run(_rules, state, backOff, time),
            _ => throw new ArgumentException($"No such command: {command.GetType().Name}.", nameof(command)),
        };
    }

    /// <summary>Never by itself: a token that nobody asks for needs no refresh.</summary>
    public override Wake Wake(TokenState state) => new(null, Waiting: false, Forget: false);

    public override void Write(TokenState state, IBufferWriter<byte> output) => TokenCodec.Write(state, output);

    public override TokenState Read(int schema, ReadOnlySpan<byte> input)
    {
        Schemas.Check(Name, schema, Schema);
        return TokenCodec.Read(schema, input);
    }
}
