using Microsoft.AspNetCore.Server.Kestrel.Core;

namespace Gatehouse.Gateway.Http;

/// <summary><c>Limits:MinBytesPerSecond</c>: the server measures it, and the reading of a body that stays below it fails with a 408.</summary>
public static class MinimumRate
{
    /// <summary>How long a body may be slower before it counts.</summary>
    public static readonly TimeSpan Grace = TimeSpan.FromSeconds(10);

    /// <param name="bytesPerSecond">0: no minimum.</param>
    public static void Apply(KestrelServerLimits limits, long bytesPerSecond, TimeSpan grace) =>
        limits.MinRequestBodyDataRate = bytesPerSecond == 0 ? null : new MinDataRate(bytesPerSecond, grace);
}
