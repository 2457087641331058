using Gatehouse.Actors.Contacts;
using Gatehouse.Inspection;

namespace Gatehouse.Gateway.Problems;

/// <content>The occurrences that need more than a code.</content>
public sealed partial record Problem
{
    public static Problem Malformed(string detail, string? field = null) => new(ProblemCodes.MultipartInvalid) { Detail = detail, Field = field };

    /// <param name="field">The field or header that the route cannot do without.</param>
    public static Problem MissingForRoute(string route, string field) => new(ProblemCodes.RouteFieldMissing)
    {
        Error = $"The route {route} needs {field}. Send it along.",
        Detail = $"The route {route} needs {field}, which the request does not carry.",
        Field = field,
    };

    /// <param name="limitBy"><c>gatehouse</c> or <c>genesys</c>.</param>
    /// <param name="fileSizeBytes">The file's own size, where it is known; never the request's.</param>
    public static Problem TooLarge(long limitBytes, string limitBy, long? fileSizeBytes = null) => new(ProblemCodes.FileTooLarge)
    {
        Detail = $"A file may have at most {limitBytes} bytes.",
        Field = "file",
        LimitBytes = limitBytes,
        LimitBy = limitBy,
        FileSizeBytes = fileSizeBytes,
    };

    /// <summary>What the inspection refused. The tutorial's own words stand in front where the type is not allowed.</summary>
    public static Problem Of(Verdict.Refuse refusal, IReadOnlyList<string> allowedMimes) => refusal.Code switch
    {
        RefusalCode.FileEmpty => new(ProblemCodes.FileEmpty) { Field = "file" },
        RefusalCode.TypeNotAllowed => new(ProblemCodes.TypeNotAllowed)
        {
            Error = Sentence(ProblemCodes.TypeNotAllowed, refusal),
            DetectedMime = refusal.Mime,
            AllowedMimes = allowedMimes,
            Reason = refusal.Reason,
        },
        _ => Content(refusal.Code == RefusalCode.ContentDamaged ? ProblemCodes.ContentDamaged : ProblemCodes.ContentUnsafe, refusal),
    };

    /// <summary>A quota that is used up; its <c>Retry-After</c> is told from <paramref name="now"/>, at least a second.</summary>
    public static Problem OverQuota(QuotaUse use, DateTimeOffset now)
    {
        var wait = use.ResetsAt - now;
        return new(string.Equals(use.Quota, "attempts", StringComparison.Ordinal) ? ProblemCodes.TooManyAttempts : ProblemCodes.QuotaExceeded)
        {
            Quota = use.Quota,
            Limit = use.Limit,
            Used = use.Used,
            ResetsAt = use.ResetsAt,
            RetryAfter = wait > TimeSpan.FromSeconds(1) ? wait : TimeSpan.FromSeconds(1),
        };
    }

    public static Problem NoSlot(int limit, DateTimeOffset now, TimeSpan retryAfter) => new(ProblemCodes.TooManyUploadsAtOnce)
    {
        Quota = "concurrent",
        Limit = limit,
        Used = limit,
        ResetsAt = now + retryAfter,
        RetryAfter = retryAfter,
    };

    /// <summary>What was to be scanned and could not be. Nothing of it is kept.</summary>
    public static Problem NoScanner(TimeSpan retryAfter) => new(ProblemCodes.ScannerUnavailable) { RetryAfter = retryAfter };

    private static Problem Content(ProblemCode code, Verdict.Refuse refusal) => new(code)
    {
        Error = refusal.Sentence.Length > 0 ? refusal.Sentence : code.Error,
        Detail = $"Found at byte {refusal.Offset} of the file.",
        DetectedMime = refusal.Mime,
        Reason = refusal.Reason,
    };

    private static string Sentence(ProblemCode code, Verdict.Refuse refusal) =>
        refusal.Sentence.Length > 0 ? $"{code.Error}. {refusal.Sentence}" : code.Error;
}
