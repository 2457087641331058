namespace Gatehouse.Inspection.Text;

/// <summary>The sentences in which a text is refused.</summary>
internal static class TextRefusals
{
    private const string Plain = "text/plain";

    public static Verdict.Refuse Binary(long offset) => Refusals.Because(
        Reasons.BinaryAsText, "application/octet-stream", offset, "This file is not text: it holds binary data. Send it as PDF, PNG, JPEG or plain text.");

    public static Verdict.Refuse SecondFormat(string guest, long offset) => Refusals.Because(
        Reasons.SecondFormat, Plain, offset, $"This text hides {guest}. Send the text alone.");

    public static Verdict.Refuse Malware(long offset) => Refusals.Because(
        Reasons.Malware, Plain, offset, "This file holds the EICAR anti-malware test string, so it is refused as malware would be.");

    public static Verdict.Refuse UnknownEncoding(long offset = 0) => Refusals.Because(
        Reasons.UnknownEncoding, Plain, offset, "The characters of this text cannot be read. Save it as UTF-8 and send it again.");

    public static Verdict.Refuse CutShort(long offset) => Refusals.Because(
        Reasons.Truncated, Plain, offset, "This text ends in the middle of a character, so a part of it is missing. Send the whole file again.");

    public static Verdict.Refuse Markup(string mime, string name, long offset) => Refusals.Because(
        Reasons.MarkupAsText, mime, offset, $"This is {name}, not plain text. Save it as PDF, or copy its words into a plain text file, and send that.");

    public static Verdict.Refuse Script(string mime, string name, long offset) => Refusals.Because(
        Reasons.ScriptAsText, mime, offset, $"This is {name}, not plain text. Programs and scripts cannot be sent here.");
}
