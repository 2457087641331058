namespace Gatehouse.Actors.Tokens;

internal static class SecretChangedTurn
{
    public static TokenTurn Run(TokenState state) => state.RefreshNotBefore == 0 ? state.Done() : (state with { RefreshNotBefore = 0 }).Done();
}
