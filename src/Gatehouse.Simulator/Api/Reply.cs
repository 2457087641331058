using System.Text.Json;

namespace Gatehouse.Simulator;

/// <summary>An answer that has been worked out but not sent yet.</summary>
/// <param name="Body">JSON in UTF-8, or what <see cref="ContentType"/> says.</param>
/// <param name="Receipt">What the call did, for the list of what was received; null when it did nothing.</param>
internal sealed record Reply(int Status, ReadOnlyMemory<byte> Body, Receipt? Receipt = null)
{
    /// <summary>Nothing to send: the connection was another protocol's, and is over.</summary>
    public static Reply Upgraded { get; } = new(101, ReadOnlyMemory<byte>.Empty);

    public string ContentType { get; init; } = "application/json";

    /// <summary>Seconds for <c>Retry-After</c>.</summary>
    public int? RetryAfterSeconds { get; init; }

    /// <summary>The budget's state for the <c>inin-ratelimit-*</c> headers; null when there is none.</summary>
    public RateState? Rate { get; init; }

    /// <summary>What begins once the receipt is in the list, by its number there.</summary>
    public Action<long>? Recorded { get; init; }

    public static Reply Json(int status, Action<Utf8JsonWriter> write, Receipt? receipt = null) => new(status, JsonBytes.Of(write), receipt);

    public async ValueTask SendAsync(HttpResponse response)
    {
        if (Status == Upgraded.Status)
            return;
        response.StatusCode = Status;
        response.ContentType = ContentType;
        response.ContentLength = Body.Length;
        if (RetryAfterSeconds is { } seconds)
            response.Headers.RetryAfter = Invariant.Text(seconds);
        if (Rate is { } rate)
        {
            response.Headers["inin-ratelimit-count"] = Invariant.Text(rate.Count);
            response.Headers["inin-ratelimit-allowed"] = Invariant.Text(rate.Allowed);
            response.Headers["inin-ratelimit-reset"] = Invariant.Text(rate.ResetSeconds);
        }

        await response.Body.WriteAsync(Body, response.HttpContext.RequestAborted);
    }
}
