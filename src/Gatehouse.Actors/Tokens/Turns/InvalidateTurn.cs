namespace Gatehouse.Actors.Tokens;

internal static class InvalidateTurn
{
    public static TokenTurn Run(TokenState state, Invalidate command) =>
        command.Version != state.Version || state.Token.IsEmpty ? state.Done() : (state with { Token = default }).Done();
}
