namespace Gatehouse.Inspection.Pdf;

/// <summary>The sentences in which a PDF is refused for its structure.</summary>
internal static class PdfRefusals
{
    public static Verdict.Refuse Because(string reason, long offset) => Refusals.Because(reason, PdfValidator.Mime, offset, reason switch
    {
        Reasons.Truncated => "This PDF is not complete: its end is missing. Send the whole file again.",
        Reasons.TrailingData => "This PDF has other data after its end. Print it to PDF and send that copy.",
        Reasons.ExpandsTooMuch => "This PDF unpacks to far more than a document needs. Print it to PDF and send that copy.",
        Reasons.ScriptInMetadata => "This PDF holds program code in a comment. Print it to PDF and send that copy.",
        Reasons.Encrypted => "This PDF asks for a password. Save it without one and send that.",
        _ => "This PDF is damaged. Open it, print it to PDF and send that copy.",
    });
}
