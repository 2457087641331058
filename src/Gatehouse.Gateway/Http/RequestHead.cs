using System.Globalization;
using Gatehouse.Gateway.Multipart;
using Gatehouse.Gateway.Problems;
using Microsoft.AspNetCore.Http;

namespace Gatehouse.Gateway.Http;

/// <summary>What an upload's headers alone rule out, before a byte of the body is asked for.</summary>
public static class RequestHead
{
    public static Problem? Check(HttpRequest request, FormLimits limits)
    {
        if (request.Headers.ContentEncoding.Count > 0)
            return Problem.Malformed("The request has a Content-Encoding; send the form as it is.", "Content-Encoding");
        if (request.Headers.ContentType.Count > 1) return Problem.Malformed("The request has more than one Content-Type.", "Content-Type");
        if (Boundary.Delimiter(request.ContentType).Failed(out var problem, out _)) return problem;
        if (request.ContentLength > limits.MaxRequestBytes)
        {
            return Problem.TooLarge(limits.MaxFileBytes, limits.LimitBy) with
            {
                Detail = string.Create(CultureInfo.InvariantCulture, $"The request has {request.ContentLength} bytes; a file may have at most {limits.MaxFileBytes}."),
            };
        }
        return null;
    }
}
