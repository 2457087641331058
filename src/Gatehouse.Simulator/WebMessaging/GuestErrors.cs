namespace Gatehouse.Simulator;

/// <summary>The codes that web messaging refuses with, as Genesys' own client knows them.</summary>
internal static class GuestErrors
{
    public const int BadRequest = 400;
    public const int FileTypeInvalid = 4001;
    public const int FileSizeInvalid = 4002;
    public const int FileNameInvalid = 4004;
    public const int FileNameTooLong = 4005;
    public const int SessionHasExpired = 4006;
    public const int SessionNotFound = 4007;
    public const int AttachmentNotFound = 4009;
    public const int AttachmentNotSuccessfullyUploaded = 4010;
    public const int MessageTooLong = 4011;
    public const int CustomAttributeSizeTooLarge = 4013;
    public const int MissingParameter = 4020;
    public const int RequestRateTooHigh = 4029;
    public const int Unexpected = 5000;

    /// <summary>A sentence for a code that was asked for by its number alone.</summary>
    public static string Text(int code) => code switch
    {
        4000 => "Feature unavailable",
        FileTypeInvalid => "File type not supported",
        FileSizeInvalid => "File size invalid",
        4003 => "File content invalid",
        FileNameInvalid => "File name invalid",
        FileNameTooLong => "File name too long",
        SessionHasExpired => "Session has expired",
        SessionNotFound => "Session not found",
        4008 => "Attachment has expired",
        AttachmentNotFound => "Attachment not found",
        AttachmentNotSuccessfullyUploaded => "Attachment not successfully uploaded",
        MessageTooLong => "Message too long",
        CustomAttributeSizeTooLarge => "Custom attributes too large",
        4017 => "Cannot downgrade to unauthenticated",
        MissingParameter => "Missing parameter",
        RequestRateTooHigh or 429 => "Message rate too high for this session",
        _ => "Request failed.",
    };
}
