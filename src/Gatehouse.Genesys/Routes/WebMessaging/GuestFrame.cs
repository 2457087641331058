using System.Text.Json;

namespace Gatehouse.Genesys.Routes;

/// <summary>One message of the web messaging service: <c>{"type","class","code","body","tracingId"}</c>.</summary>
internal sealed record GuestFrame(string Class, int Code, JsonElement Body, string? TracingId)
{
    /// <summary>Null when it is no such message.</summary>
    public static GuestFrame? Parse(ReadOnlyMemory<byte> text) => JsonMembers.Object(text) is { } frame && frame.Text("class") is { } @class
        ? new GuestFrame(@class, (int)Math.Clamp(frame.Number("code") ?? 0, 0, 10_000), frame.TryGetProperty("body", out var body) ? body : default, frame.Text("tracingId"))
        : null;

    /// <summary>Its error, if it is one: from a body of its own (<c>errorCode</c>, <c>errorMessage</c>, <c>retryAfter</c>), else its code.</summary>
    public GuestError? Error
    {
        get
        {
            if (Body.Number("errorCode") is { } code) return new GuestError((int)Math.Clamp(code, 0, 10_000), Body.Text("errorMessage", 500), RetryAfter);
            if (Code < 400) return null;
            return new GuestError(Code, Body.AsText(500) ?? Body.Text("errorMessage", 500) ?? Body.Text("message", 500), RetryAfter);
        }
    }

    private TimeSpan? RetryAfter => Body.Number("retryAfter") is { } seconds and >= 0 ? RetryAfterHeader.Bounded(seconds) : null;
}

/// <summary>What the web messaging service refuses with. Codes: its client SDKs' <c>ErrorCode</c>.</summary>
internal sealed record GuestError(int Code, string? Message, TimeSpan? RetryAfter);
