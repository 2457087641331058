global using TokenTurn = Gatehouse.Actors.Turn<Gatehouse.Actors.Tokens.TokenState, Gatehouse.Actors.Tokens.TokenReply>;

namespace Gatehouse.Actors.Tokens;

internal static class TokenTurns
{
    public static TokenTurn Reply(this TokenState state, TokenReply reply) => new(state, reply, []);

    public static TokenTurn Done(this TokenState state) => state.Reply(new TokenReply.Done(state.Version));
}
