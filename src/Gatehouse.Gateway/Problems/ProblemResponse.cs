using System.Buffers;
using System.Globalization;
using Microsoft.AspNetCore.Http;

namespace Gatehouse.Gateway.Problems;

/// <summary>A problem as an HTTP answer.</summary>
public static class ProblemResponse
{
    /// <summary>Sets status and headers and writes the body. The request's body is left as it is: see <see cref="Http.Refusal"/> for one that is not read to its end.</summary>
    public static async Task WriteAsync(HttpContext context, Problem problem, CancellationToken cancellationToken)
    {
        var response = context.Response;
        response.StatusCode = problem.Code.Status;
        response.ContentType = ProblemJson.MediaType;
        response.Headers.CacheControl = "no-store";
        response.Headers.XContentTypeOptions = "nosniff";
        if (problem.RetryAfter is { } wait) response.Headers.RetryAfter = Seconds(wait);
        if (problem.Challenge is { } challenge) response.Headers.WWWAuthenticate = challenge;

        var body = new ArrayBufferWriter<byte>(512);
        ProblemJson.Write(body, problem);
        response.ContentLength = body.WrittenCount;
        if (HttpMethods.IsHead(context.Request.Method)) return;
        await response.Body.WriteAsync(body.WrittenMemory, cancellationToken);
    }

    /// <summary>RFC 9110, section 10.2.3: whole seconds; never so early that the caller comes in vain.</summary>
    public static string Seconds(TimeSpan wait) => Math.Max(0, (long)Math.Ceiling(wait.TotalSeconds)).ToString(CultureInfo.InvariantCulture);
}
