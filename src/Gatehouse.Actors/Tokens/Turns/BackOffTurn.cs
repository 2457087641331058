namespace Gatehouse.Actors.Tokens;

internal static class BackOffTurn
{
    public static TokenTurn Run(TokenRules rules, TokenState state, BackOff command, long now)
    {
        var pause = Math.Clamp(command.RetryAfter.Ticks, 0, rules.MaxPause.Ticks);
        var until = now + pause;
        return pause == 0 || until <= state.PausedUntil ? state.Done() : (state with { PausedUntil = until, Pause = pause }).Done();
    }
}
