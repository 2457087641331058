namespace Gatehouse.Inspection.Webp;

/// <summary>The sentences with which WebP files are refused.</summary>
internal static class WebpRefusals
{
    public const string Mime = "image/webp";

    public static Verdict.Refuse Truncated(long at) =>
        Refusals.Because(Reasons.Truncated, Mime, at, "This WebP picture is incomplete: its end is missing. Send the file again, or save it again first.");

    public static Verdict.Refuse Structure(long at, string what) =>
        Refusals.Because(Reasons.BadStructure, Mime, at, $"This WebP picture is damaged: {what}. Open it, save it again and send the new file.");

    public static Verdict.Refuse TooLong(long at) => Structure(at, "it holds more pixel data than its size allows");

    public static Verdict.Refuse Trailing(long at) =>
        Refusals.Because(Reasons.TrailingData, Mime, at, "This WebP picture has other data behind its end. Open it, save it again and send the new file.");

    public static Verdict.Refuse Pixels(long at, int width, int height) =>
        Refusals.Because(Reasons.TooManyPixels, Mime, at, $"This picture is too large: {width} x {height} pixels. Make it smaller and send it again.");

    public static Verdict.Refuse Expands(long at) =>
        Refusals.Because(Reasons.ExpandsTooMuch, Mime, at, "This WebP animation expands to more than is allowed. Make it shorter or smaller and send it again.");

    public static Verdict.Refuse Metadata(long at) => Refusals.Because(
        Reasons.EmbeddedFile, Mime, at, "This WebP picture carries more data beside the picture than is allowed. Open it, save it again and send the new file.");
}
