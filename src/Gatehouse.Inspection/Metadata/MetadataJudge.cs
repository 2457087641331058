using Gatehouse.Inspection.SecondFormats;

namespace Gatehouse.Inspection.Metadata;

/// <summary>What a piece of an image's metadata holds.</summary>
internal enum MetadataKind
{
    /// <summary>Numbers, or a part of something that is judged whole elsewhere.</summary>
    Opaque,

    /// <summary>Bytes of somebody's own making, which may be XML, a text or XMP among others to some reader.</summary>
    Unknown,
    Text,
    Xmp,
    Exif,
    Photoshop,
    Iptc,
    Icc,
}

/// <summary>Judges one piece of metadata, whole: no second format at any offset, no script in any value.</summary>
internal static class MetadataJudge
{
    public static Verdict.Refuse? Judge(MetadataKind kind, ReadOnlySpan<byte> bytes, string mime, long offset)
    {
        if (SecondFormatSearch.Find(bytes) is { } hit)
            return SecondFormatSearch.Refuse(mime, hit, offset);
        var script = ScriptSearch.InBinary(bytes);
        var budget = new ValueBudget(bytes.Length);
        if (script < 0)
            script = FindInValues(kind, bytes, ref budget);
        if (script >= 0)
            return RefuseScript(mime, offset + script);
        return budget.IsSpent ? RefuseOverlap(mime, offset) : null;
    }

    public static Verdict.Refuse RefuseScript(string mime, long offset) => Refusals.Because(
        Reasons.ScriptInMetadata,
        mime,
        offset,
        mime.StartsWith("video/", StringComparison.Ordinal)
            ? "This video's description contains program code. Remove the description and send the video again."
            : "This picture's description contains program code. Remove the description, or take a screenshot of the picture, and send that.");

    private static Verdict.Refuse RefuseOverlap(string mime, long offset) => Refusals.Because(
        Reasons.BadStructure, mime, offset, $"This {KnownTypes.NameOf(mime)} file is damaged: its descriptions lie in each other. Open it, save it again and send the new file.");

    private static int FindInValues(MetadataKind kind, ReadOnlySpan<byte> bytes, ref ValueBudget budget) => kind switch
    {
        MetadataKind.Unknown => FindInUnknown(bytes),
        MetadataKind.Text => FindInText(bytes),
        MetadataKind.Xmp => XmpValues.HasScript(bytes) ? 0 : ScriptSearch.None,
        MetadataKind.Exif => ExifValues.Find(ExifHeader.Skip(bytes), ref budget),
        MetadataKind.Photoshop => PhotoshopValues.Find(bytes, ref budget),
        MetadataKind.Iptc => PhotoshopValues.FindInIptc(bytes, ref budget),
        MetadataKind.Icc => IccValues.Find(bytes, ref budget),
        _ => ScriptSearch.None,
    };

    private static int FindInText(ReadOnlySpan<byte> bytes)
    {
        if (ScriptSearch.InText(bytes) is var script and >= 0)
            return script;
        return new XmpPackets().HaveScript(bytes) ? 0 : ScriptSearch.None;
    }

    private static int FindInUnknown(ReadOnlySpan<byte> bytes)
    {
        if (ScriptSearch.InUnknown(bytes) is var script and >= 0)
            return script;
        return (XmpValues.BeginsAsXml(bytes) ? XmpValues.HasScript(bytes) : new XmpPackets().HaveScript(bytes)) ? 0 : ScriptSearch.None;
    }
}
