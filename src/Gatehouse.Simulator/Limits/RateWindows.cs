namespace Gatehouse.Simulator;

/// <summary>Where a token stands in its minute, as the <c>inin-ratelimit-*</c> headers tell it.</summary>
internal readonly record struct RateState(int Count, int Allowed, int ResetSeconds);

/// <summary>Requests per minute and token, in windows of 60 s that a token's first call opens.</summary>
internal sealed class RateWindows(TimeProvider time)
{
    private const int MostTokens = 10_000;
    private static readonly TimeSpan Minute = TimeSpan.FromMinutes(1);

    private readonly Lock _turn = new();
    private readonly Dictionary<string, (DateTimeOffset Start, int Count)> _windows = new(StringComparer.Ordinal);

    /// <summary>Counts one call. It is over the limit when the count that comes back exceeds what is allowed.</summary>
    public RateState Count(string token, int allowed)
    {
        var now = time.GetUtcNow();
        lock (_turn)
        {
            if (!_windows.TryGetValue(token, out var window) || now - window.Start >= Minute)
            {
                if (_windows.Count >= MostTokens)
                    _windows.Clear();
                window = (now, 0);
            }

            // A refused call is not counted: the window tells how much work was let in.
            var count = Math.Min(window.Count, allowed) + 1;
            _windows[token] = (window.Start, Math.Min(count, allowed));
            var reset = (int)Math.Ceiling((window.Start + Minute - now).TotalSeconds);
            return new RateState(count, allowed, Math.Max(reset, 1));
        }
    }
}
