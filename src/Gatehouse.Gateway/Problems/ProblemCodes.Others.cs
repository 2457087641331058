namespace Gatehouse.Gateway.Problems;

/// <content>Everything that the request's form does not settle: caller, size, content, quotas, Genesys Cloud, this node.</content>
public static partial class ProblemCodes
{
    public static readonly ProblemCode Unauthenticated = new(
        "unauthenticated",
        401,
        "Not authenticated",
        "Send a valid API key.",
        "No API key was sent, or one that is malformed, unknown or expired.",
        "Send `Authorization: Bearer gh_…` with a key that the operator made with `keys new`.");

    public static readonly ProblemCode Forbidden = new(
        "forbidden",
        403,
        "Not allowed",
        "This is not allowed with these credentials.",
        "The API key lacks the scope that the request needs.",
        "Use a key with the scope.");

    public static readonly ProblemCode ContactNotFound = new(
        "contact-not-found",
        404,
        "Unknown contact",
        "Genesys Cloud does not know this contact.",
        "Genesys Cloud has no contact with this id, or the credentials may not see it.",
        "Check the contact id, and the division that the OAuth client may see.");

    public static readonly ProblemCode UploadNotFound = new(
        "upload-not-found",
        404,
        "Unknown upload",
        "There is no such upload.",
        "No upload has this id, it is older than `Uploads:KeepDays`, or it is not this caller's to see.",
        "Use the `Location` of the answer that took the file.");

    public static readonly ProblemCode UploadTooSlow = new(
        "upload-too-slow",
        408,
        "Upload too slow",
        "The upload was too slow. Try again with a better connection.",
        "The body arrived more slowly than `Limits:MinBytesPerSecond` after a grace of 10 s.",
        "Send again over a better connection.");

    public static readonly ProblemCode InProgress = new(
        "in-progress",
        409,
        "Still receiving",
        "The first request with this Idempotency-Key is still being received. Try again in a moment.",
        "A request with the same `Idempotency-Key` is being received at this moment.",
        "Wait for the first request's answer, then ask again with the same key.");

    public static readonly ProblemCode FileTooLarge = new(
        "file-too-large",
        413,
        "File too large",
        "File size exceeds the limit",
        "The file has more bytes than `limit_bytes`; `limit_by` says whose limit it is.",
        "Send a smaller file: reduce the picture's size, or split the document.");

    public static readonly ProblemCode TypeNotAllowed = new(
        "type-not-allowed",
        415,
        "Type not allowed",
        "File type not allowed",
        "The bytes are of another type than allowed, whatever the name says; `detected_mime` says which, `allowed_mimes` what may be sent.",
        "Convert the file to one of `allowed_mimes`; renaming it does not help.");

    public static readonly ProblemCode ContentDamaged = new(
        "content-damaged",
        422,
        "Damaged file",
        "The file is damaged. Save or export it again, then send it.",
        "The file is of an allowed type but is broken; `reason` is `truncated`, `bad-checksum`, `bad-structure` or `unknown-encoding`.",
        "Open the file, save it again, and send the new copy.");

    public static readonly ProblemCode ContentUnsafe = new(
        "content-unsafe",
        422,
        "Unsafe file",
        "The file holds something that is not safe to pass on.",
        "The file is of an allowed type but holds what is not let in; `reason` says what.",
        "Export the content as a plain picture or PDF, without scripts, attachments or passwords, and send that.");

    public static readonly ProblemCode IdempotencyKeyReused = new(
        "idempotency-key-reused",
        422,
        "Idempotency key reused",
        "This Idempotency-Key was used for another file. Use a new one.",
        "The `Idempotency-Key` came before with other bytes or another conversation.",
        "Make a new key for every new file; repeat a key only to repeat the same request.");

    public static readonly ProblemCode QuotaExceeded = new(
        "quota-exceeded",
        429,
        "Quota used up",
        "This contact has sent as much as is allowed for now. Try again later.",
        "The contact's files, bytes or place in the line is used up; `quota`, `limit`, `used`, `resets_at` say which and until when.",
        "Wait for `Retry-After` seconds, or raise the quota in the configuration.");

    public static readonly ProblemCode TooManyAttempts = new(
        "too-many-attempts",
        429,
        "Too many attempts",
        "There were too many attempts for this contact. Try again later.",
        "More uploads were tried for the contact within an hour than `Quotas:MaxAttempts`, refused ones included.",
        "Wait for `Retry-After` seconds; look into why so many uploads were refused.");

    public static readonly ProblemCode TooManyUploadsAtOnce = new(
        "too-many-uploads-at-once",
        429,
        "Too many uploads at once",
        "Other files of this contact are being received. Try again in a moment.",
        "`Quotas:MaxConcurrent` uploads of the contact are being received, and none ended within 10 s.",
        "Send a contact's files one after the other, or wait for `Retry-After` seconds.");

    public static readonly ProblemCode GenesysRefused = new(
        "genesys-refused",
        502,
        "Genesys Cloud refused",
        "Genesys Cloud did not take the file. Try again later, or tell the operator.",
        "Genesys Cloud refused the file for good, or does not let Gatehouse in; `genesys_status`, `genesys_code` and `correlation_id` say how.",
        "Operators: look up `correlation_id`; check the OAuth client's secret, roles and divisions.");

    public static readonly ProblemCode Busy = new(
        "busy",
        503,
        "Busy",
        "The service is busy. Try again in a moment.",
        "The node keeps as much as `Limits:MaxStoredBytes` lets it, has `Limits:MaxEventStreams` event streams open, or its store cannot take more at the moment.",
        "Wait for `Retry-After` seconds; operators: see what holds up the delivery.");

    public static readonly ProblemCode ScannerUnavailable = new(
        "scanner-unavailable",
        503,
        "Scanner unavailable",
        "The virus scanner cannot be reached. Try again in a moment.",
        "A scanner is configured but cannot be reached, so nothing is let in.",
        "Wait for `Retry-After` seconds; operators: start the scanner or correct its address.");

    public static readonly ProblemCode ShuttingDown = new(
        "shutting-down",
        503,
        "Shutting down",
        "The service is restarting. Try again in a moment.",
        "The node is stopping and takes no new uploads or event streams.",
        "Send again after `Retry-After` seconds; another node, or the restarted one, takes it.");

    public static readonly ProblemCode InternalError = new(
        "internal-error",
        500,
        "Internal error",
        "Something went wrong here. Try again, and tell the operator the correlation id.",
        "An unexpected fault; the log has it under `correlation_id`.",
        "Send again; if it stays, give the operator the `correlation_id`.");
}
