using Gatehouse.Gateway.Multipart;
using Gatehouse.Gateway.Problems;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace Gatehouse.Gateway.Http;

/// <summary>A request's form, with the server's own ways of failing made into problems.</summary>
public static class FormBody
{
    /// <summary>
    /// Checks the headers and reads the form into <paramref name="sink"/>. A client that went away ends it with <see cref="OperationCanceledException"/> or
    /// <see cref="IOException"/>: there is nobody to answer.
    /// </summary>
    public static async ValueTask<Problem?> ReadAsync(HttpContext context, FormLimits limits, IFormSink sink, CancellationToken cancellationToken)
    {
        if (RequestHead.Check(context.Request, limits) is { } refused) return refused;
        LiftServerLimit(context);
        var body = RequestBody.Of(context);
        body.Start();
        try
        {
            var problem = await FormReader.ReadAsync(context.Request.BodyReader, context.Request.ContentType, limits, sink, cancellationToken);
            if (problem is null) body.Finish();
            return problem;
        }
        catch (BadHttpRequestException fault) when (!context.RequestAborted.IsCancellationRequested)
        {
            return Of(fault, limits);
        }
    }

    /// <summary>The parser's limits are the closer ones; the server's own would cut the reading off before a refusal is heard.</summary>
    internal static void LiftServerLimit(HttpContext context)
    {
        if (context.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } limit) limit.MaxRequestBodySize = null;
    }

    private static Problem Of(BadHttpRequestException fault, FormLimits limits) => fault.StatusCode switch
    {
        StatusCodes.Status408RequestTimeout => new(ProblemCodes.UploadTooSlow),
        StatusCodes.Status413PayloadTooLarge => Problem.TooLarge(limits.MaxFileBytes, limits.LimitBy),
        _ => Problem.Malformed("The body's transfer coding is broken, or it ends early."),
    };
}
