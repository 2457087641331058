using Gatehouse.Gateway.Multipart;
using Gatehouse.Gateway.Problems;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace Gatehouse.Gateway.Http;

/// <summary>A request's form, with the server's own ways of failing made into problems.</summary>
public static class FormBody
{
    private const string BrokenCoding = "The body's transfer coding is broken, or it ends early.";

    /// <summary>
    /// Checks the headers and reads the form into <paramref name="sink"/>. A client that went away ends it with <see cref="OperationCanceledException"/>, a
    /// <see cref="ConnectionAbortedException"/> where the connection said so first: there is nobody to answer.
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
        catch (Exception fault) when (HungUp(context, fault))
        {
            throw new ConnectionAbortedException("The client went away in the middle of its body.", fault);
        }
        catch (BadHttpRequestException fault)
        {
            return Of(fault, limits);
        }
        catch (IOException fault) when (fault.InnerException is OverflowException)
        {
            // How the server fails on a chunk size of more than 31 bits.
            return Problem.Malformed(BrokenCoding);
        }
    }

    /// <summary>The parser's limits are the closer ones; the server's own would cut the reading off before a refusal is heard.</summary>
    internal static void LiftServerLimit(HttpContext context)
    {
        if (context.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } limit) limit.MaxRequestBodySize = null;
    }

    /// <summary>The body's end is seen before <see cref="HttpContext.RequestAborted"/> is set, or after: what it looks like must not depend on that. A body of a declared length cannot be malformed, only cut off.</summary>
    private static bool HungUp(HttpContext context, Exception fault) =>
        fault is ConnectionResetException
        || (fault is BadHttpRequestException bad && (context.RequestAborted.IsCancellationRequested || (bad.StatusCode == StatusCodes.Status400BadRequest && context.Request.ContentLength is not null)));

    private static Problem Of(BadHttpRequestException fault, FormLimits limits) => fault.StatusCode switch
    {
        StatusCodes.Status408RequestTimeout => new(ProblemCodes.UploadTooSlow),
        StatusCodes.Status413PayloadTooLarge => Problem.TooLarge(limits.MaxFileBytes, limits.LimitBy),
        _ => Problem.Malformed(BrokenCoding),
    };
}
