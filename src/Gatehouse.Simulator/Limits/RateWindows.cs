namespace Gatehouse.Simulator;

/// <summary>Where a token or a client stands in its minute, as the <c>inin-ratelimit-*</c> headers tell it.</summary>
internal readonly record struct RateState(int Count, int Allowed, int ResetSeconds)
{
    public bool IsOver => Count > Allowed;

    public int Left => Allowed - Count;
}

/// <summary>Requests per minute, in windows of 60 s that the first call of each token, client or guest opens.</summary>
internal sealed class RateWindows(TimeProvider time)
{
    private const int MostWindows = 10_000;
    private static readonly TimeSpan Minute = TimeSpan.FromMinutes(1);

    private readonly Lock _turn = new();
    private readonly Dictionary<string, (DateTimeOffset Start, int Count)> _windows = new(StringComparer.Ordinal);

    /// <summary>Counts one call against its token's budget and its client's: against both, or against neither when one of them refuses it. Null when neither is limited; else where the one that has less left stands.</summary>
    public RateState? Count(Bearer bearer, Faults faults)
    {
        var (token, client) = ("token " + bearer.Token, "client " + bearer.Client);
        lock (_turn)
        {
            RateState? ofToken = faults.RequestsPerMinute is { } perToken ? Next(token, perToken) : null;
            RateState? ofClient = faults.ClientRequestsPerMinute is { } perClient ? Next(client, perClient) : null;
            if (ofToken is not { IsOver: true } && ofClient is not { IsOver: true })
            {
                if (ofToken is not null)
                    Enter(token);
                if (ofClient is not null)
                    Enter(client);
            }

            return ofToken is { } one && ofClient is { } other ? (one.Left <= other.Left ? one : other) : ofToken ?? ofClient;
        }
    }

    /// <summary>Counts one call, unless it is over the limit: the window tells how much work was let in.</summary>
    public RateState Count(string whose, int allowed)
    {
        lock (_turn)
        {
            var state = Next(whose, allowed);
            if (!state.IsOver)
                Enter(whose);
            return state;
        }
    }

    /// <summary>Where one call more would stand.</summary>
    private RateState Next(string whose, int allowed)
    {
        var (start, count) = Window(whose);
        var reset = (int)Math.Ceiling((start + Minute - time.GetUtcNow()).TotalSeconds);
        return new RateState(Math.Min(count, allowed) + 1, allowed, Math.Max(reset, 1));
    }

    private void Enter(string whose)
    {
        var (start, count) = Window(whose);
        if (count == 0 && _windows.Count >= MostWindows)
            _windows.Clear();
        _windows[whose] = (start, count + 1);
    }

    /// <summary>The one that is open, or one that opens now.</summary>
    private (DateTimeOffset Start, int Count) Window(string whose)
    {
        var now = time.GetUtcNow();
        return _windows.TryGetValue(whose, out var open) && now - open.Start < Minute ? open : (now, 0);
    }
}
