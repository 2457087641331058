namespace Gatehouse.Actors.Tokens;

internal static class BackOffTurn
{
    public static TokenTurn Run(TokenRules rules, TokenState state, BackOff command, long now)
    {
        var until = now + Math.Clamp(command.RetryAfter.Ticks, 0, rules.MaxPause.Ticks);
        return until <= state.PausedUntil || until == now ? state.Done() : (state with { PausedUntil = until }).Done();
    }
}
