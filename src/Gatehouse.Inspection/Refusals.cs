namespace Gatehouse.Inspection;

/// <summary>Refusals whose code follows from their reason, as the contract's table of codes says.</summary>
internal static class Refusals
{
    public static Verdict.Refuse Because(string reason, string mime, long offset, string sentence) =>
        new(CodeOf(reason), reason, mime, offset, sentence);

    public static RefusalCode CodeOf(string reason) => reason switch
    {
        Reasons.MarkupAsText or Reasons.ScriptAsText or Reasons.BinaryAsText or Reasons.Macro => RefusalCode.TypeNotAllowed,
        Reasons.Truncated or Reasons.BadChecksum or Reasons.BadStructure or Reasons.UnknownEncoding => RefusalCode.ContentDamaged,
        Reasons.Empty => RefusalCode.FileEmpty,
        _ => RefusalCode.ContentUnsafe,
    };
}
