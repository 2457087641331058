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

    /// <summary>Counts one call against its token's budget and its client's. Null when neither is limited; else where the one that has less left stands.</summary>
    public RateState? Count(Bearer bearer, Faults faults)
    {
        RateState? ofToken = faults.RequestsPerMinute is { } perToken ? Count("token " + bearer.Token, perToken) : null;
        // What its own token's budget refuses does not count against the client.
        RateState? ofClient = faults.ClientRequestsPerMinute is { } perClient && ofToken is not { IsOver: true } ? Count("client " + bearer.Client, perClient) : null;
        return ofToken is { } one && ofClient is { } other ? (one.Left <= other.Left ? one : other) : ofToken ?? ofClient;
    }

    /// <summary>Counts one call. It is over the limit when the count that comes back exceeds what is allowed.</summary>
    public RateState Count(string whose, int allowed)
    {
        var now = time.GetUtcNow();
        lock (_turn)
        {
            if (!_windows.TryGetValue(whose, out var window) || now - window.Start >= Minute)
            {
                if (_windows.Count >= MostWindows)
                    _windows.Clear();
                window = (now, 0);
            }

            // A refused call is not counted: the window tells how much work was let in.
            var count = Math.Min(window.Count, allowed) + 1;
            _windows[whose] = (window.Start, Math.Min(count, allowed));
            var reset = (int)Math.Ceiling((window.Start + Minute - now).TotalSeconds);
            return new RateState(count, allowed, Math.Max(reset, 1));
        }
    }
}
