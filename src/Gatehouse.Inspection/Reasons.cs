namespace Gatehouse.Inspection;

/// <summary>Why a file is refused or flagged. Stable: callers and operators rely on the words.</summary>
public static class Reasons
{
    public const string Truncated = "truncated";
    public const string TrailingData = "trailing-data";
    public const string BadChecksum = "bad-checksum";
    public const string BadStructure = "bad-structure";
    public const string SecondFormat = "second-format";
    public const string ScriptInMetadata = "script-in-metadata";
    public const string TooManyPixels = "too-many-pixels";
    public const string ExpandsTooMuch = "expands-too-much";
    public const string ActiveContent = "active-content";
    public const string Encrypted = "encrypted";
    public const string EmbeddedFile = "embedded-file";
    public const string MarkupAsText = "markup-as-text";
    public const string ScriptAsText = "script-as-text";
    public const string BinaryAsText = "binary-as-text";
    public const string UnknownEncoding = "unknown-encoding";
    public const string Macro = "macro";
    public const string PathEscape = "path-escape";
    public const string TooManyEntries = "too-many-entries";
    public const string Malware = "malware";
    public const string ScanInconclusive = "scan-inconclusive";
    public const string ExtensionMismatch = "extension-mismatch";
    public const string Empty = "empty";
}
