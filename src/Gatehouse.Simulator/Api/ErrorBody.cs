using System.Net;

namespace Gatehouse.Simulator;

/// <summary>The Platform API's error reply: <c>message, code, status, contextId, details, errors</c>.</summary>
internal static class ErrorBody
{
    /// <param name="field">The member or parameter that is wrong, for <c>details</c>; null where none is meant.</param>
    public static Reply Of(int status, string code, string message, string contextId, string? field = null) => Reply.Json(status, json =>
    {
        json.WriteStartObject();
        json.WriteString("message", message);
        json.WriteString("code", code);
        json.WriteNumber("status", status);
        json.WriteString("contextId", contextId);
        json.WriteStartArray("details");
        if (field is not null)
        {
            json.WriteStartObject();
            json.WriteString("errorCode", "invalid.value");
            json.WriteString("fieldName", field);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteStartArray("errors");
        json.WriteEndArray();
        json.WriteEndObject();
    });

    /// <summary>The normalised 429 that names its wait in body and header.</summary>
    public static Reply TooManyRequests(int retryAfterSeconds, string contextId) =>
        Of(429, "too.many.requests.retry.after", $"Rate limit exceeded the maximum. Retry the request in [{Invariant.Text(retryAfterSeconds)}] seconds", contextId) with
        {
            RetryAfterSeconds = retryAfterSeconds,
        };

    /// <summary>The reply of a fault that was asked for by its status alone.</summary>
    public static Reply Fault(int status, int? retryAfterSeconds, string contextId)
    {
        if (status == 429 && retryAfterSeconds is { } wait)
            return TooManyRequests(wait, contextId);
        var (code, message) = status switch
        {
            400 => ("bad.request", "The request could not be understood by the server due to malformed syntax."),
            401 => ("bad.credentials", "Invalid login credentials."),
            403 => ("missing.any.permissions", "Unable to perform the requested action. You must have at least one of the following permissions assigned: [externalContacts:contact:edit]"),
            404 => ("not.found", "The requested resource was not found."),
            408 => ("request.timeout", "The client did not produce a request within the server timeout limit."),
            413 => ("request.entity.too.large", "The request is over the size limit. Maximum bytes: 512000"),
            415 => ("unsupported.media.type", "Unsupported Media Type - Unsupported or incorrect media type, such as an incorrect Content-Type value in the header."),
            429 => ("too.many.requests", "Rate limit exceeded the maximum [300] requests within [60] seconds"),
            500 => ("internal.server.error", "The server encountered an unexpected condition which prevented it from fulfilling the request."),
            503 => ("service.unavailable", "Service Unavailable - The server is currently unavailable (because it is overloaded or down for maintenance)."),
            504 => ("request.timeout", "The request timed out."),
            _ => ("simulated.fault", Enum.IsDefined((HttpStatusCode)status) ? ((HttpStatusCode)status).ToString() : "A fault that was asked for."),
        };
        return Of(status, code, message, contextId) with { RetryAfterSeconds = retryAfterSeconds };
    }
}
