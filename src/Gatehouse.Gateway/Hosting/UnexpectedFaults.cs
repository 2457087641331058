using Gatehouse.Actors;
using Gatehouse.Gateway.Problems;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Gatehouse.Gateway.Hosting;

/// <summary>What no endpoint expected becomes a problem with a correlation id, and a log line with the rest.</summary>
internal static partial class UnexpectedFaults
{
    public static void UseProblemsForFaults(this WebApplication app)
    {
        var logger = app.Services.GetRequiredService<ILoggerFactory>().CreateLogger(typeof(UnexpectedFaults));
        app.Use(next => async http =>
        {
            try
            {
                await next(http);
            }
            catch (Exception e) when (e is not OutOfMemoryException && !http.Response.HasStarted && !http.RequestAborted.IsCancellationRequested)
            {
                LogFault(logger, http.TraceIdentifier, e);
                var problem = e is StoreUnavailableException or MailboxFullException
                    ? new Problem(ProblemCodes.Busy) { RetryAfter = TimeSpan.FromSeconds(5) }
                    : new Problem(ProblemCodes.InternalError) { CorrelationId = http.TraceIdentifier };
                await ProblemResponse.WriteAsync(http, problem, http.RequestAborted);
            }
        });
    }

    [LoggerMessage(EventId = 1403, Level = LogLevel.Error, Message = "Request {RequestId}: unexpected error")]
    private static partial void LogFault(ILogger logger, string requestId, Exception error);
}
