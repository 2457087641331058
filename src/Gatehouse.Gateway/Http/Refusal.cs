using System.Net.Sockets;
using Gatehouse.Gateway.Problems;
using Microsoft.AspNetCore.Connections.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.Net.Http.Headers;

namespace Gatehouse.Gateway.Http;

/// <summary>
/// Refuses a request so that its client hears it, even in the middle of its body. A connection closed over unread bytes is reset, and a reset throws away an answer that the client
/// has not read yet. So: answer, read and discard what still comes, within limits, then close. A client that waits for <c>100 Continue</c> gets none, as RFC 9110, section
/// 10.1.1 lets a server do: once the answer has begun, the server sends no 100 when the body is read.
/// </summary>
public static class Refusal
{
    public static async Task SendAsync(HttpContext context, Problem problem, DrainLimits limits, TimeProvider time, CancellationToken cancellationToken)
    {
        var body = RequestBody.Of(context);
        if (body.Finished || !IsHttp1(context))
        {
            // Nothing left to read, or a stream of its own that the server resets without harm to the answer.
            await ProblemResponse.WriteAsync(context, problem, cancellationToken);
            return;
        }
        FormBody.LiftServerLimit(context);
        context.Response.Headers[HeaderNames.Connection] = "close";
        await ProblemResponse.WriteAsync(context, problem, cancellationToken);
        await context.Response.CompleteAsync();

        var waitsForContinue = !body.Started && context.Request.Headers.Expect.Count > 0;
        if (await DrainAsync(context, limits, waitsForContinue, time)) body.Finish();
        else Close(context);
    }

    /// <summary>
    /// Ends what is received, so that the server ends the connection as it does when a client has said all: it sends what is left of the answer, then a FIN. Its own abort is a
    /// reset, and a FIN from here could overtake an answer that its sender has not yet taken up. Without a socket (a test's server) there is nothing to lose.
    /// </summary>
    private static void Close(HttpContext context)
    {
        if (context.Features.Get<IConnectionSocketFeature>() is not { Socket: var socket })
        {
            context.Abort();
            return;
        }
        try
        {
            socket.Shutdown(SocketShutdown.Receive);
        }
        catch (Exception fault) when (fault is SocketException or ObjectDisposedException)
        {
            // The client closed first.
        }
    }

    /// <summary>Reads and discards. True when there is nothing more to come, false when a limit was met.</summary>
    private static async Task<bool> DrainAsync(HttpContext context, DrainLimits limits, bool waitsForContinue, TimeProvider time)
    {
        using var timer = new CancellationTokenSource(waitsForContinue ? limits.ExpectGrace : limits.MaxTime, time);
        var reader = context.Request.BodyReader;
        long read = 0;
        try
        {
            while (read <= limits.MaxBytes)
            {
                var result = await reader.ReadAsync(timer.Token);
                if (read == 0 && !result.Buffer.IsEmpty && waitsForContinue) timer.CancelAfter(limits.MaxTime);
                read += result.Buffer.Length;
                reader.AdvanceTo(result.Buffer.End);
                if (result.IsCompleted) return true;
                if (result.IsCanceled) return false;
            }
        }
        catch (OperationCanceledException)
        {
            return false;
        }
        catch (Exception fault) when (fault is IOException or InvalidOperationException)
        {
            // The client is gone, or the server has given the body up (BadHttpRequestException is an IOException): it sends what is left of the answer and closes by itself.
            return true;
        }
        return false;
    }

    private static bool IsHttp1(HttpContext context) => HttpProtocol.IsHttp11(context.Request.Protocol) || HttpProtocol.IsHttp10(context.Request.Protocol);
}
