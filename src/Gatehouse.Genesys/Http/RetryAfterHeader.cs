using System.Globalization;
using System.Net.Http.Headers;

namespace Gatehouse.Genesys;

/// <summary><c>Retry-After</c> (RFC 9110, section 10.2.3): seconds or an HTTP date.</summary>
internal static class RetryAfterHeader
{
    /// <summary>Longer waits are taken as this, the longest pause that the token actor keeps.</summary>
    public static readonly TimeSpan Longest = TimeSpan.FromHours(24);

    public static TimeSpan? Read(HttpResponseHeaders headers, DateTimeOffset now)
    {
        if (!headers.NonValidated.TryGetValues("Retry-After", out var values)) return null;
        foreach (var value in values)
        {
            if (Parse(value.Trim(), now) is { } wait) return wait;
        }
        return null;
    }

    private static TimeSpan? Parse(string value, DateTimeOffset now)
    {
        if (value.Length > 0 && !value.AsSpan().ContainsAnyExceptInRange('0', '9')) return Bounded(long.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out var seconds) ? seconds : long.MaxValue);
        if (!DateTimeOffset.TryParseExact(value, "r", CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var at)) return null;
        return at <= now ? TimeSpan.Zero : Bounded((long)Math.Ceiling((at - now).TotalSeconds));
    }

    internal static TimeSpan Bounded(long seconds) => seconds >= Longest.TotalSeconds ? Longest : TimeSpan.FromSeconds(seconds);
}
