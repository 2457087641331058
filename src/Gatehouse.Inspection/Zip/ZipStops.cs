namespace Gatehouse.Inspection.Zip;

/// <summary>What is said of an archive that is refused: each continues "This ZIP archive" or "This Word document".</summary>
internal static class ZipStops
{
    public static ZipStopException Truncated(long at) =>
        new(Reasons.Truncated, at, "is incomplete: its end is missing. Send the whole file again.");

    public static ZipStopException Structure(long at, string what) =>
        new(Reasons.BadStructure, at, $"is damaged: {what}. Make it again and send the new file.");

    public static ZipStopException Checksum(long at) =>
        new(Reasons.BadChecksum, at, "is damaged: a checksum does not match. Make it again and send the new file.");

    public static ZipStopException Trailing(long at, string where) =>
        new(Reasons.TrailingData, at, $"has other data {where}. Make it again and send the new file.");

    public static ZipStopException SecondFormat(long at, string guest) =>
        new(Reasons.SecondFormat, at, $"hides another file, a {guest}, beside what it holds. Make it again and send the new file.");

    public static ZipStopException Script(long at) =>
        new(Reasons.ScriptInMetadata, at, "has program code in a name or a comment. Make it again without and send the new file.");

    public static ZipStopException PathEscape(long at) =>
        new(Reasons.PathEscape, at, "has an entry that would be unpacked outside its folder, or is a link or a device. Make it again from plain files and send that.");

    public static ZipStopException Malware(long at) =>
        new(Reasons.Malware, at, "holds the EICAR anti-malware test string, so it is refused as malware would be.");

    public static ZipStopException Expands(long at) =>
        new(Reasons.ExpandsTooMuch, at, "unpacks to far more than is allowed. Send the files that are in it one by one.");

    public static ZipStopException Entries(long at) =>
        new(Reasons.TooManyEntries, at, $"holds more than {ZipLimits.Entries} files. Send fewer at a time.");
}
