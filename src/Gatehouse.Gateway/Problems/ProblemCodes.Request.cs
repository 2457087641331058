namespace Gatehouse.Gateway.Problems;

/// <content>What is wrong with the request itself.</content>
public static partial class ProblemCodes
{
    public static readonly ProblemCode FileMissing = new(
        "file-missing",
        400,
        "No file",
        "No file part in the request",
        "The request carries no part named `file` with a filename, or is no `multipart/form-data` at all.",
        "Send the file as `multipart/form-data` in the field `file`; with curl: `-F file=@photo.png`.");

    public static readonly ProblemCode FilenameMissing = new(
        "filename-missing",
        400,
        "No filename",
        "No selected file",
        "The part `file` has an empty filename, as a browser sends it when nothing was chosen.",
        "Choose a file, or name it: `-F 'file=@-;filename=note.txt'`.");

    public static readonly ProblemCode FileEmpty = new(
        "file-empty",
        400,
        "Empty file",
        "The file is empty. Send one that has content.",
        "The part `file` has a name but no bytes.",
        "Check that the file was saved completely, then send it again.");

    public static readonly ProblemCode MultipleFiles = new(
        "multiple-files",
        400,
        "More than one file",
        "Send one file at a time.",
        "The request carries more than one file.",
        "Send each file in a request of its own.");

    public static readonly ProblemCode MultipartInvalid = new(
        "multipart-invalid",
        400,
        "Malformed upload",
        "The upload is malformed. Send it again, or use another program to send it.",
        "The multipart body, a part's headers, a field or its number breaks a rule; `detail` says which and where.",
        "Let an HTTP library build the form rather than building it by hand; `detail` names what to correct.");

    public static readonly ProblemCode FilenameInvalid = new(
        "filename-invalid",
        400,
        "Unusable filename",
        "The file's name cannot be used. Rename the file and send it again.",
        "Nothing is left of the filename once what is unsafe in it is removed.",
        "Give the file a name with letters or digits.");

    public static readonly ProblemCode ContactIdMissing = new(
        "contact-id-missing",
        400,
        "No contact",
        "Contact ID required",
        "No header `X-Contact-Id`, query parameter or field says whose file it is.",
        "Send `contact_id` as a field, in the query, or in the header `X-Contact-Id`.");

    public static readonly ProblemCode ContactIdInvalid = new(
        "contact-id-invalid",
        400,
        "Invalid contact",
        "The contact ID is not valid. Check it and send the file again.",
        "The contact id has none of the accepted forms, or two places of the request name different contacts.",
        "Use 1 to 64 of `A-Z a-z 0-9 _ -`, or `email:`, `phone:` or `external:` with 1 to 255 characters, and name one contact only.");

    public static readonly ProblemCode RouteFieldMissing = new(
        "route-field-missing",
        400,
        "A field is missing",
        "The way that this file is to take needs one more field.",
        "The delivery route needs a field that the request does not carry; `field` names it.",
        "Send the field that `field` names; `GET /v1/policy` lists what each route needs.");

    public static readonly ProblemCode IdempotencyKeyInvalid = new(
        "idempotency-key-invalid",
        400,
        "Invalid idempotency key",
        "The Idempotency-Key is not valid. Send 1 to 255 visible ASCII characters, once.",
        "`Idempotency-Key` is empty, too long, given twice, or has other than visible ASCII characters.",
        "Send one key of 1 to 255 visible ASCII characters, such as a UUID.");

    public static readonly ProblemCode PreferInvalid = new(
        "prefer-invalid",
        400,
        "Invalid preference",
        "The Prefer header is not valid. Send wait=0 to wait=60, or respond-async.",
        "`Prefer` is no list of preferences, or its `wait` is no whole number from 0 to 60.",
        "Send `Prefer: wait=N` with N from 0 to 60 seconds, or `Prefer: respond-async`.");
}
