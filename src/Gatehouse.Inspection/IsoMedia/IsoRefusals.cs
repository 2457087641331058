namespace Gatehouse.Inspection.IsoMedia;

/// <summary>The sentences with which files made of boxes are refused.</summary>
/// <param name="What">What people call such a file: "MP4 video".</param>
/// <param name="Thing">What it shows, in a word: "video", "picture".</param>
internal sealed record IsoRefusals(string Mime, string What, string Thing)
{
    public Verdict.Refuse Truncated(long at) =>
        Refusals.Because(Reasons.Truncated, Mime, at, $"This {What} is incomplete: its end is missing. Send the file again, or save it again first.");

    public Verdict.Refuse Structure(long at, string what) =>
        Refusals.Because(Reasons.BadStructure, Mime, at, $"This {What} is damaged: {what}. Open it, save it again and send the new file.");

    public Verdict.Refuse Trailing(long at) =>
        Refusals.Because(Reasons.TrailingData, Mime, at, $"This {What} has other data behind its end. Open it, save it again and send the new file.");

    public Verdict.Refuse Pixels(long at, long width, long height) =>
        Refusals.Because(Reasons.TooManyPixels, Mime, at, $"This {Thing} is too large: {width} x {height} pixels. Make it smaller and send it again.");

    public Verdict.Refuse Expands(long at) =>
        Refusals.Because(Reasons.ExpandsTooMuch, Mime, at, $"This {What} expands to more than is allowed. Make it smaller and send it again.");

    public Verdict.Refuse Metadata(long at) => Refusals.Because(
        Reasons.EmbeddedFile, Mime, at, $"This {What} carries more data beside the {Thing} than is allowed. Open it, save it again and send the new file.");

    /// <summary>A player would fetch it, and tell somebody that it did.</summary>
    public Verdict.Refuse External(long at) => Refusals.Because(
        Reasons.ActiveContent, Mime, at, $"This {What} loads its content from another place. Save it with everything in one file and send that.");

    public Verdict.Refuse Encrypted(long at) =>
        Refusals.Because(Reasons.Encrypted, Mime, at, $"This {What} is protected by encryption and cannot be looked into. Send it without protection.");

    public Verdict.Refuse Length(long at) => Structure(at, "a part of it has an impossible length");

    public Verdict.Refuse Missing(long at) => Structure(at, "a part that it needs is missing or there twice");
}
