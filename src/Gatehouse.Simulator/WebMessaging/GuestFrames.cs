using System.Text.Json;

namespace Gatehouse.Simulator;

/// <summary>What web messaging tells a guest: <c>{"type", "class", "code", "body", "tracingId"}</c>.</summary>
internal static class GuestFrames
{
    /// <summary>The answer to an action.</summary>
    public static GuestAnswer Response(string @class, string? tracingId, Action<Utf8JsonWriter> body) => new(200, Frame("response", @class, 200, tracingId, body));

    /// <summary>What happened in the session, told without being asked.</summary>
    public static ReadOnlyMemory<byte> Event(string @class, string? tracingId, Action<Utf8JsonWriter> body) => Frame("message", @class, 200, tracingId, body);

    /// <summary>A refusal in a sentence.</summary>
    public static GuestAnswer Error(int code, string? tracingId, string? sentence = null) =>
        code is GuestErrors.RequestRateTooHigh or 429 ? TooMany(code, retryAfterSeconds: 3, tracingId) : new GuestAnswer(code, Frame("response", "string", code, tracingId, json => json.WriteStringValue(sentence ?? GuestErrors.Text(code))));

    /// <summary>The refusal of a file, for a client that takes it as an object.</summary>
    public static GuestAnswer NoUrl(int code, string? tracingId, string attachment, string? sentence = null) => new(code, Frame("response", "GenerateUrlError", 400, tracingId, json =>
    {
        json.WriteStartObject();
        json.WriteString("attachmentId", attachment);
        json.WriteNumber("errorCode", code);
        json.WriteString("errorMessage", sentence ?? GuestErrors.Text(code));
        json.WriteEndObject();
    }));

    public static GuestAnswer TooMany(int code, int retryAfterSeconds, string? tracingId) => new(code, Frame("response", "TooManyRequestsErrorMessage", 429, tracingId, json =>
    {
        json.WriteStartObject();
        json.WriteNumber("retryAfter", retryAfterSeconds);
        json.WriteNumber("errorCode", code);
        json.WriteString("errorMessage", GuestErrors.Text(code));
        json.WriteEndObject();
    }));

    private static ReadOnlyMemory<byte> Frame(string type, string @class, int code, string? tracingId, Action<Utf8JsonWriter> body) => JsonBytes.Of(json =>
    {
        json.WriteStartObject();
        json.WriteString("type", type);
        json.WriteString("class", @class);
        json.WriteNumber("code", code);
        json.WritePropertyName("body");
        body(json);
        if (tracingId is not null)
            json.WriteString("tracingId", tracingId);
        json.WriteEndObject();
    });
}

/// <summary>What an action came to. <paramref name="Code"/>: for the statistics, 200 or the error's.</summary>
internal sealed record GuestAnswer(int Code, ReadOnlyMemory<byte> Frame)
{
    /// <summary>What the action did, for the list of what was received.</summary>
    public Receipt? Receipt { get; init; }

    /// <summary>Told to every connection of the session, not only to the one that asked.</summary>
    public GuestSession? ToAllOf { get; init; }
}
