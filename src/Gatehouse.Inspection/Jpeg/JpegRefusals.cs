namespace Gatehouse.Inspection.Jpeg;

/// <summary>The sentences with which JPEG files are refused.</summary>
internal static class JpegRefusals
{
    public const string Mime = "image/jpeg";

    public static Verdict.Refuse Truncated(long at) =>
        Refusals.Because(Reasons.Truncated, Mime, at, "This JPEG picture is incomplete: its end is missing. Send the file again, or save it again first.");

    public static Verdict.Refuse Structure(long at, string what) =>
        Refusals.Because(Reasons.BadStructure, Mime, at, $"This JPEG picture is damaged: {what}. Open it, save it again and send the new file.");

    /// <summary>Often no more than a camera's or a program's own mark, so that the sender is told how much it is.</summary>
    public static Verdict.Refuse Trailing(long at, long length)
    {
        var data = length == 1 ? "a byte" : $"{length} bytes";
        return Refusals.Because(
            Reasons.TrailingData, Mime, at, $"This JPEG picture has {data} of other data behind its end, as some cameras and programs leave it. Open it, save it again and send the new file.");
    }

    public static Verdict.Refuse Pixels(long at, int width, int height) =>
        Refusals.Because(Reasons.TooManyPixels, Mime, at, $"This picture is too large: {width} x {height} pixels. Make it smaller and send it again.");

    public static Verdict.Refuse Metadata(long at) => Refusals.Because(
        Reasons.EmbeddedFile, Mime, at, "This JPEG picture carries more data beside the picture than is allowed. Open it, save it again and send the new file.");
}
