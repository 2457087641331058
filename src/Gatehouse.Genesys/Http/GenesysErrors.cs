using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace Gatehouse.Genesys;

/// <summary>What an error body says. Any member may be null: the body is another's and may be anything.</summary>
/// <param name="Code"><c>ErrorBody.code</c> of the Platform API, or <c>error</c> of the login service.</param>
/// <param name="Message">Its sentence, at most 500 characters, control characters replaced.</param>
/// <param name="RetryAfter">The wait that a 429's sentence names, present or legacy wording.</param>
public sealed record GenesysError(string? Code, string? Message, string? ContextId, TimeSpan? RetryAfter)
{
    /// <summary>The longest request that the sentence of a 413 names.</summary>
    public long? MaximumBytes { get; init; }

    public static readonly GenesysError Unknown = new(Code: null, Message: null, ContextId: null, RetryAfter: null);
}

/// <summary>
/// Reads both shapes of error: the Platform API's <c>ErrorBody</c> (<c>message</c>, <c>code</c>, <c>contextId</c>) and the login service's
/// (<c>error</c>, <c>error_description</c> or <c>description</c>; RFC 6749, section 5.2).
/// </summary>
public static partial class GenesysErrors
{
    /// <summary>A longer error body is not looked at.</summary>
    public const int MaxBytes = 64 * 1024;

    private const int MaxCodeLength = 100;
    private const int MaxMessageLength = 500;

    public static GenesysError Parse(ReadOnlyMemory<byte> body)
    {
        if (body.Length is 0 or > MaxBytes) return GenesysError.Unknown;
        try
        {
            using var document = JsonDocument.Parse(body, new JsonDocumentOptions { MaxDepth = 16 });
            if (document.RootElement.ValueKind != JsonValueKind.Object) return GenesysError.Unknown;
            var root = document.RootElement;
            var message = Text(root, "message", MaxMessageLength) ?? Text(root, "error_description", MaxMessageLength) ?? Text(root, "description", MaxMessageLength);
            return new GenesysError(Text(root, "code", MaxCodeLength) ?? Text(root, "error", MaxCodeLength), message, Text(root, "contextId", MaxCodeLength), Wait(message)) { MaximumBytes = Maximum(message) };
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            // InvalidOperationException: a string that is no valid UTF-16 (a lone \uD800).
            return GenesysError.Unknown;
        }
    }

    private static string? Text(JsonElement root, string name, int most)
    {
        if (!root.TryGetProperty(name, out var value) || value.ValueKind != JsonValueKind.String) return null;
        var text = value.GetString()!;
        if (text.Length > most) text = text[..most];
        return string.Create(text.Length, text, static (span, source) =>
        {
            for (var i = 0; i < span.Length; i++) span[i] = char.IsControl(source[i]) ? ' ' : source[i];
        });
    }

    private static TimeSpan? Wait(string? message) =>
        message is not null && WaitInMessage().Match(message) is { Success: true } match && long.TryParse(match.Groups["seconds"].ValueSpan, NumberStyles.None, CultureInfo.InvariantCulture, out var seconds)
            ? RetryAfterHeader.Bounded(seconds)
            : null;

    private static long? Maximum(string? message) =>
        message is not null && MaximumInMessage().Match(message) is { Success: true } match && long.TryParse(match.Groups["bytes"].ValueSpan, NumberStyles.None, CultureInfo.InvariantCulture, out var bytes) ? bytes : null;

    // "The request is over the size limit. Maximum bytes: 512000".
    [GeneratedRegex(@"Maximum bytes: (?<bytes>[0-9]{1,15})", RegexOptions.ExplicitCapture | RegexOptions.NonBacktracking)]
    private static partial Regex MaximumInMessage();

    // "Retry the request in [42] seconds"; the legacy "[300] requests within [60] seconds".
    [GeneratedRegex(@"in \[(?<seconds>[0-9]{1,9})\] seconds", RegexOptions.ExplicitCapture | RegexOptions.NonBacktracking)]
    private static partial Regex WaitInMessage();
}
