using Gatehouse.Inspection.Signatures;

namespace Gatehouse.Inspection.Zip;

/// <summary>Ends an archive's inspection: raised where it is found, and every caller up to the validator would only pass it on.</summary>
internal sealed class ZipStopException(string? reason, long offset, string sentence, NamedType? type = null) : Exception(sentence)
{
    /// <summary>Null: the file is of a type that is not allowed, and nothing else is wrong.</summary>
    public string? Reason { get; } = reason;

    public long Offset { get; } = offset;

    /// <summary>What the file is, where it is another type than it seemed; <see cref="Exception.Message"/> is then the whole sentence.</summary>
    public NamedType? Type { get; } = type;

    public static ZipStopException NotAllowed(NamedType type) => new(reason: null, 0, type.Advice, type);

    public static ZipStopException Macro(NamedType type, long offset) =>
        new(Reasons.Macro, offset, $"This file holds macros, which are programs: it is of type {type.Name}. Save it as PDF and send that.", type);

    /// <summary>The same, found in a file inside another at <paramref name="at"/>.</summary>
    public ZipStopException Inside(long at) => new(Reason, at, Message, Type);

    public Verdict.Refuse Refusal(NamedType subject)
    {
        var mime = (Type ?? subject).Mime;
        var whole = Type is null ? $"This {subject.Name} {Message}" : Message;
        return Reason is null ? new Verdict.Refuse(RefusalCode.TypeNotAllowed, Reason: null, mime, Offset, whole) : Refusals.Because(Reason, mime, Offset, whole);
    }
}
