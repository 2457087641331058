namespace Gatehouse.Inspection.Png;

/// <summary>The sentences with which PNG files are refused.</summary>
internal static class PngRefusals
{
    public const string Mime = "image/png";

    public static Verdict.Refuse Truncated(long at) =>
        Refusals.Because(Reasons.Truncated, Mime, at, "This PNG picture is incomplete: its end is missing. Send the file again, or save it again first.");

    public static Verdict.Refuse Checksum(long at) =>
        Refusals.Because(Reasons.BadChecksum, Mime, at, "This PNG picture is damaged: a checksum does not match. Save it again and send the new file.");

    public static Verdict.Refuse Structure(long at, string what) =>
        Refusals.Because(Reasons.BadStructure, Mime, at, $"This PNG picture is damaged: {what}. Open it, save it again and send the new file.");

    public static Verdict.Refuse Trailing(long at, string where) =>
        Refusals.Because(Reasons.TrailingData, Mime, at, $"This PNG picture has other data {where}. Open it, save it again and send the new file.");

    public static Verdict.Refuse Pixels(long at, uint width, uint height) =>
        Refusals.Because(Reasons.TooManyPixels, Mime, at, $"This picture is too large: {width} x {height} pixels. Make it smaller and send it again.");

    public static Verdict.Refuse Expands(long at, string what) =>
        Refusals.Because(Reasons.ExpandsTooMuch, Mime, at, $"This PNG picture {what}. Save it again without descriptions and send that.");

    /// <summary>Xcode rewrites the PNG files of an app so; no other program reads them.</summary>
    public static Verdict.Refuse Apple(long at) =>
        Refusals.Because(Reasons.BadStructure, Mime, at, "This PNG was taken out of an iPhone app and has Apple's own format (CgBI). Send a screenshot instead.");

    /// <summary>The signature's line ends exist to show this (PNG 3rd ed., 5.2).</summary>
    public static Verdict.Refuse TextTransfer(long at) => Structure(at, "it was altered on its way, as transfers made for texts do");

    public static Verdict.Refuse Metadata(long at) => Refusals.Because(
        Reasons.EmbeddedFile, Mime, at, "This PNG picture carries more data beside the picture than is allowed. Open it, save it again and send the new file.");
}
