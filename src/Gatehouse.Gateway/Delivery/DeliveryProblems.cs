using System.Globalization;
using Gatehouse.Actors;
using Gatehouse.Gateway.Problems;
using Gatehouse.Genesys.Routes;

namespace Gatehouse.Gateway.Delivery;

/// <summary>What a delivery met, as the problem that its caller reads: stored with the upload, answered when it ends it.</summary>
public static class DeliveryProblems
{
    /// <param name="limitBytes">The largest file by the upload's route, for a refusal that names no limit.</param>
    /// <param name="allowedTypes">What is let in at all, for a refusal that names no types.</param>
    public static string Refused(RouteOutcome.Refused refused, UploadRow row, long limitBytes, IReadOnlyList<string> allowedTypes) => (refused.Because switch
    {
        RefusedBecause.ContactNotFound => new Problem(ProblemCodes.ContactNotFound) { Detail = refused.Why, CorrelationId = refused.CorrelationId },
        RefusedBecause.FileTooLarge => new Problem(ProblemCodes.FileTooLarge)
        {
            Detail = refused.Why,
            Field = "file",
            LimitBytes = refused.LimitBytes ?? limitBytes,
            LimitBy = "genesys",
            FileSizeBytes = row.Size,
            CorrelationId = refused.CorrelationId,
        },
        RefusedBecause.TypeNotAllowed => new Problem(ProblemCodes.TypeNotAllowed)
        {
            Detail = refused.Why,
            DetectedMime = row.Mime,
            AllowedMimes = refused.AllowedTypes ?? allowedTypes,
            GenesysCode = refused.GenesysCode,
            CorrelationId = refused.CorrelationId,
        },
        _ => OfGenesys(refused, refused.Why),
    }).ToJson();

    public static string RouteDown(RouteOutcome.RouteDown down) => OfGenesys(down, down.Why).ToJson();

    public static string RateLimited(RouteOutcome.RateLimited limited) =>
        OfGenesys(limited, string.Create(CultureInfo.InvariantCulture, $"Genesys Cloud asks to wait {Math.Ceiling(limited.RetryAfter.TotalSeconds)} s.")).ToJson();

    public static string NotYet(RouteOutcome.NotYet waiting) => OfGenesys(waiting, waiting.Why).ToJson();

    public static string Trouble(RouteOutcome.Trouble trouble) => OfGenesys(trouble, trouble.Why).ToJson();

    /// <summary>What went wrong, in one sentence for the log.</summary>
    public static string WhyOf(RouteOutcome outcome) => outcome switch
    {
        RouteOutcome.Refused refused => refused.Why,
        RouteOutcome.RouteDown down => down.Why,
        RouteOutcome.Trouble trouble => trouble.Why,
        _ => outcome.GetType().Name,
    };

    public static string NoSuchRoute(string route) =>
        new Problem(ProblemCodes.GenesysRefused) { Detail = $"The route {route} is not configured any more." }.ToJson();

    /// <summary>The stored file could not be read, is damaged, or is gone: the log says so of this upload, and the caller gets no more than the id to look it up by.</summary>
    public static string Internal(UploadId upload) => new Problem(ProblemCodes.InternalError) { CorrelationId = upload.ToString() }.ToJson();

    private static Problem OfGenesys(RouteOutcome outcome, string detail) => new(ProblemCodes.GenesysRefused)
    {
        Detail = detail,
        GenesysStatus = outcome.Status,
        GenesysCode = outcome.GenesysCode,
        CorrelationId = outcome.CorrelationId,
    };
}
