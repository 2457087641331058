using Gatehouse.Actors;
using Gatehouse.Gateway.Pipeline;
using Gatehouse.Gateway.Problems;
using Gatehouse.Gateway.Scanning;
using Gatehouse.Inspection;
using Gatehouse.Inspection.Names;

namespace Gatehouse.Gateway.Audit;

/// <summary>What became of one file, as the audit keeps it: made where it happens, written elsewhere.</summary>
/// <param name="Upload">The upload that the answer is about: of a duplicate or a repeat the first one.</param>
/// <param name="Request">As the log names it.</param>
public sealed record AuditRecord(DateTimeOffset At, UploadId Upload, string Request)
{
    /// <summary>A part's headers hold up to 16 KB; no honest name is longer than this, and a full queue must fit in memory.</summary>
    private const int LongestText = 512;

    public string? Caller { get; init; }
    public string? Contact { get; init; }
    public string? OriginalFilename { get; init; }

    /// <summary>As it is delivered; null where there is nothing safe, or no type, to make one of.</summary>
    public string? Filename { get; init; }

    /// <summary>Of the whole request, as its <c>Content-Length</c> says; null: it did not.</summary>
    public long? DeclaredSize { get; init; }

    /// <summary>Of the file, as far as it was read.</summary>
    public long Size { get; init; }

    /// <summary>Null: the file was not read to its end.</summary>
    public string? Sha256 { get; init; }

    public string? DeclaredMime { get; init; }
    public string? DetectedMime { get; init; }
    public string? Charset { get; init; }

    /// <summary><c>accept</c>, <c>refuse</c>, or <c>none</c>: the request ended before its file was judged.</summary>
    public required string Verdict { get; init; }

    /// <summary><c>admitted</c>, <c>duplicate</c>, <c>replayed</c>, <c>refused</c> or <c>hung-up</c>.</summary>
    public required string Outcome { get; init; }

    public string? Code { get; init; }
    public string? Reason { get; init; }
    public long? Offset { get; init; }
    public IReadOnlyList<string> Flags { get; init; } = [];

    /// <summary>Null: it was not scanned.</summary>
    public ScanReport? Scan { get; init; }

    /// <summary>Whether a request has a file to be told of: the file's part had begun, or its length alone refused it.</summary>
    /// <param name="answer">Null: there is none, or not yet.</param>
    public static bool IsDue(UploadInProgress upload, Answer? answer) => upload.OriginalFilename is not null || CodeOf(answer) == ProblemCodes.FileTooLarge;

    /// <param name="answer">Null: it was admitted, or its client hung up.</param>
    public static AuditRecord Of(UploadInProgress upload, Answer? answer, DateTimeOffset at)
    {
        var refusal = upload.Verdict as Verdict.Refuse;
        var accepted = upload.Verdict as Verdict.Accept;
        var code = CodeOf(answer);
        return new AuditRecord(at, upload.Admission is null ? upload.Id : upload.Watch?.Id ?? upload.Id, upload.Http.TraceIdentifier)
        {
            Caller = upload.Caller?.Name,
            Contact = upload.ContactId,
            OriginalFilename = Bounded(upload.OriginalFilename),
            Filename = upload.Filename ?? SafeNameOf(upload),
            DeclaredSize = upload.Http.Request.ContentLength,
            Size = upload.Size,
            Sha256 = upload.Sha256,
            DeclaredMime = Bounded(upload.DeclaredMime),
            DetectedMime = upload.Verdict?.DetectedMime,
            Charset = accepted?.Charset,
            Verdict = refusal is not null || IsOfTheFile(code) ? "refuse" : accepted is not null && upload.Filename is not null ? "accept" : "none",
            Outcome = OutcomeOf(upload, code),
            Code = code?.Name,
            Reason = refusal?.Reason,
            // A scanner says what, not where.
            Offset = upload.Scan is null ? refusal?.Offset : null,
            Flags = accepted?.Flags ?? [],
            Scan = upload.Scan,
        };
    }

    /// <summary>Refusals before the inspection that are about the file, not about its request.</summary>
    private static bool IsOfTheFile(ProblemCode? code) => code == ProblemCodes.FileTooLarge || code == ProblemCodes.FileEmpty || code == ProblemCodes.FilenameInvalid;

    private static string OutcomeOf(UploadInProgress upload, ProblemCode? code) => code is not null ? "refused" : upload.Admission is null ? "hung-up" : upload.Standing switch
    {
        Standing.Duplicate => "duplicate",
        Standing.Replayed => "replayed",
        _ => "admitted",
    };

    private static string? SafeNameOf(UploadInProgress upload) =>
        upload is { OriginalFilename: { } name, Verdict.DetectedMime: { } mime } && FileNames.IsUsable(name) ? FileNames.Clean(name, mime) : null;

    private static ProblemCode? CodeOf(Answer? answer) => (answer as Answer.Refused)?.Problem.Code;

    private static string? Bounded(string? text)
    {
        if (text is null || text.Length <= LongestText) return text;
        var end = char.IsHighSurrogate(text[LongestText - 2]) ? LongestText - 2 : LongestText - 1;
        return string.Concat(text.AsSpan(0, end), "…");
    }
}
