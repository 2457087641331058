namespace Gatehouse.Inspection;

/// <summary>What a file is found to be: accepted as a type, or refused with a reason.</summary>
public abstract record Verdict
{
    /// <summary>The bytes' own type, bare (no parameters).</summary>
    public abstract string DetectedMime { get; }

    /// <param name="Charset">Of text: its IANA name. Null for others.</param>
    /// <param name="Flags">What policy lets pass but names (<c>extension-mismatch</c>, …).</param>
    public sealed record Accept(string Mime, string? Charset, IReadOnlyList<string> Flags) : Verdict
    {
        public override string DetectedMime => Mime;
    }

    /// <param name="Reason">One of <see cref="Reasons"/>, or null where the code says it all.</param>
    /// <param name="Offset">Where in the file it was found.</param>
    /// <param name="Sentence">What happened and what to do, for the customer.</param>
    public sealed record Refuse(RefusalCode Code, string? Reason, string Mime, long Offset, string Sentence) : Verdict
    {
        public override string DetectedMime => Mime;
    }
}

/// <summary>The contract's codes for a refused content.</summary>
public enum RefusalCode
{
    /// <summary><c>type-not-allowed</c>, 415: the bytes are another type than allowed.</summary>
    TypeNotAllowed,

    /// <summary><c>content-damaged</c>, 422: an allowed type that is broken.</summary>
    ContentDamaged,

    /// <summary><c>content-unsafe</c>, 422: every other reason.</summary>
    ContentUnsafe,

    /// <summary><c>file-empty</c>, 400: no bytes.</summary>
    FileEmpty,
}

public static class RefusalCodeExtensions
{
    public static string ToContractCode(this RefusalCode code) => code switch
    {
        RefusalCode.TypeNotAllowed => "type-not-allowed",
        RefusalCode.ContentDamaged => "content-damaged",
        RefusalCode.ContentUnsafe => "content-unsafe",
        RefusalCode.FileEmpty => "file-empty",
        _ => throw new ArgumentOutOfRangeException(nameof(code), code, message: null),
    };
}
