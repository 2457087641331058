using Gatehouse.Actors;
using Gatehouse.Gateway.Configuration;
using Gatehouse.Gateway.Problems;
using Gatehouse.Gateway.Scanning;
using Gatehouse.Inspection;
using Microsoft.Extensions.Logging;

namespace Gatehouse.Gateway.Pipeline;

/// <summary>What the scanner says of an accepted file, as its verdict.</summary>
public sealed partial class FileScan(Scanner scanner, ScannerOptions options, Inspector inspector, ILogger<FileScan> logger)
{
    /// <summary>Null: it stays accepted.</summary>
    public async ValueTask<Problem?> RunAsync(UploadInProgress upload, CancellationToken cancellationToken)
    {
        var accepted = (Verdict.Accept)upload.Verdict!;
        var report = upload.Scan = await scanner.ScanAsync(upload.File!, cancellationToken);
        switch (report.Result)
        {
            case ScanResult.Clean:
                return null;
            case ScanResult.Unreachable:
                return Problem.NoScanner(Scanner.RetryAfter);
            case ScanResult.Inconclusive when options.AcceptsInconclusive:
                upload.Verdict = accepted with { Flags = [.. accepted.Flags, Reasons.ScanInconclusive] };
                return null;
            case ScanResult.Inconclusive:
                return Refuse(upload, Reasons.ScanInconclusive, "The virus scanner could not check this file to its end. Save it again, smaller or simpler, and send that.");
            default:
                LogInfected(logger, upload.Id, report.Signature);
                return Refuse(upload, Reasons.Malware, "The virus scanner found malware in this file. Do not open it, and do not send it again.");
        }
    }

    /// <summary>What was found is for the operator's log and audit: its name would tell who tries what to change.</summary>
    private Problem Refuse(UploadInProgress upload, string reason, string sentence)
    {
        var refusal = new Verdict.Refuse(RefusalCode.ContentUnsafe, reason, upload.Verdict!.DetectedMime, 0, sentence);
        upload.Verdict = refusal;
        return Problem.Of(refusal, inspector.Policy.AllowedTypes) with { Detail = null };
    }

    [LoggerMessage(EventId = 1906, Level = LogLevel.Warning, Message = "Upload {Upload}: the virus scanner found {Signature}")]
    private static partial void LogInfected(ILogger logger, UploadId upload, string? signature);
}
