namespace Gatehouse.Actors.Tokens;

/// <summary>A refresh's outcome. It holds only under the newest fence.</summary>
internal static class RefreshTurns
{
    public static TokenTurn Refreshed(TokenRules rules, TokenState state, Refreshed command, long now)
    {
        if (command.Token.Length is 0 or > TokenState.MaxTokenBytes) throw new ArgumentException($"An encrypted token has 1 to {TokenState.MaxTokenBytes} bytes.", nameof(command));
        if (state.Refresh?.Fence != command.Fence) return state.Done();
        var life = Math.Clamp(command.ExpiresIn.Ticks, 0, rules.MaxTokenLife.Ticks);
        var next = state with
        {
            Version = state.Version + 1,
            // The command's buffer is its sender's; the state outlives it.
            Token = command.Token.ToArray(),
            Life = life,
            ExpiresAt = now + life,
            Refresh = null,
            RefreshNotBefore = 0,
        };
        return next.Done();
    }

    public static TokenTurn Failed(TokenRules rules, TokenState state, RefreshFailed command, long now)
    {
        if (state.Refresh?.Fence != command.Fence) return state.Done();
        var wait = Math.Clamp(command.RetryAfter.Ticks, 0, rules.MaxRefreshWait.Ticks);
        return (state with { Refresh = null, RefreshNotBefore = wait > 0 ? now + wait : 0 }).Done();
    }
}
