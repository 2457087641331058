using System.Buffers;
using System.Text.Json;
using Gatehouse.Gateway.Problems;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.WebUtilities;

namespace Gatehouse.Gateway.Hosting;

/// <summary>An address that is none, and a method that an address does not have: a problem without a type of its own (RFC 9457, section 4.2.1), where the server would say nothing.</summary>
internal static class NothingThere
{
    public static void UseProblemsForNothingThere(this WebApplication app) => app.Use(next => async http =>
    {
        await next(http);
        var response = http.Response;
        if (response.StatusCode is not (StatusCodes.Status404NotFound or StatusCodes.Status405MethodNotAllowed) || response.HasStarted || response.ContentType is not null) return;
        var body = Body(response.StatusCode);
        response.ContentType = ProblemJson.MediaType;
        response.ContentLength = body.Length;
        response.Headers.CacheControl = "no-store";
        response.Headers.XContentTypeOptions = "nosniff";
        await response.Body.WriteAsync(body, http.RequestAborted);
    });

    private static ReadOnlyMemory<byte> Body(int status)
    {
        var body = new ArrayBufferWriter<byte>(128);
        using (var json = new Utf8JsonWriter(body))
        {
            json.WriteStartObject();
            json.WriteString("type"u8, "about:blank");
            json.WriteString("title"u8, ReasonPhrases.GetReasonPhrase(status));
            json.WriteNumber("status"u8, status);
            json.WriteEndObject();
        }
        return body.WrittenMemory;
    }
}
