using System.Globalization;
using System.Net.Http.Headers;
using Gatehouse.Actors.Tokens;

namespace Gatehouse.Genesys;

/// <summary>Genesys' count of a client's requests: <c>inin-ratelimit-count</c> of <c>inin-ratelimit-allowed</c>, until <c>inin-ratelimit-reset</c> seconds are over.</summary>
internal static class RateHeaders
{
    /// <summary>Null where there is no such count.</summary>
    public static RateSeen? Read(HttpResponseHeaders headers) =>
        Number(headers, "inin-ratelimit-allowed") is > 0 and var allowed && Number(headers, "inin-ratelimit-count") is { } count && Number(headers, "inin-ratelimit-reset") is { } seconds
            ? new RateSeen(allowed, Math.Max(0, allowed - count), TimeSpan.FromSeconds(seconds))
            : null;

    private static int? Number(HttpResponseHeaders headers, string name) =>
        headers.NonValidated.TryGetValues(name, out var values) && int.TryParse(values.ToString().AsSpan().Trim(), NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;
}
