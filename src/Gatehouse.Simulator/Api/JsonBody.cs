using System.Text.Json;
using Microsoft.Net.Http.Headers;

namespace Gatehouse.Simulator;

/// <summary>The JSON object that a call of the Platform API carries, inside Genesys' limit on a request's length.</summary>
internal static class JsonBody
{
    /// <summary>Genesys' <c>request.bytes.max</c>.</summary>
    public const int MostBytes = 512_000;

    private static readonly JsonDocumentOptions Strict = new() { MaxDepth = 16 };

    /// <summary>What <paramref name="read"/> makes of the body, or the refusal: 415 for another type, 413 for too long a body, 400 for what is no JSON object or has a wrong member.</summary>
    public static async ValueTask<(T? Value, Reply? Refusal)> ReadAsync<T>(HttpContext http, Func<Fields, T> read, string correlationId, CancellationToken cancellationToken)
        where T : class
    {
        if (!MediaTypeHeaderValue.TryParse(http.Request.ContentType, out var type) || !type.MediaType.Equals("application/json", StringComparison.OrdinalIgnoreCase))
            return (null, ErrorBody.Fault(415, null, correlationId));
        if (await SmallBody.ReadAsync(http.Request, MostBytes, cancellationToken) is not { } body)
            return (null, ErrorBody.Fault(413, null, correlationId));
        try
        {
            using var document = JsonDocument.Parse(body, Strict);
            if (document.RootElement.ValueKind != JsonValueKind.Object)
                return (null, ErrorBody.Of(400, "bad.request", "The body is not a JSON object.", correlationId));
            var problems = new FieldProblems();
            var value = read(new Fields(document.RootElement, problems));
            return problems.Sentence is { } sentence ? (null, ErrorBody.Of(400, "bad.request", sentence, correlationId, problems.Field)) : (value, null);
        }
        // A string that is no Unicode (half of a surrogate pair, wrong UTF-8) is only found when it is read.
        catch (Exception wrong) when (wrong is JsonException or InvalidOperationException)
        {
            return (null, ErrorBody.Of(400, "bad.request", "The body is not JSON.", correlationId));
        }
    }
}
