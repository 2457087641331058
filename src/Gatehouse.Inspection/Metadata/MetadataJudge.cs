using Gatehouse.Inspection.SecondFormats;

namespace Gatehouse.Inspection.Metadata;

/// <summary>What a piece of an image's metadata holds.</summary>
internal enum MetadataKind
{
    /// <summary>Bytes of a vendor's own making.</summary>
    Opaque,
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
        if (script < 0)
            script = FindInValues(kind, bytes);
        return script < 0 ? null : RefuseScript(mime, offset + script);
    }

    public static Verdict.Refuse RefuseScript(string mime, long offset) => Refusals.Because(
        Reasons.ScriptInMetadata,
        mime,
        offset,
        mime.StartsWith("video/", StringComparison.Ordinal)
            ? "This video's description contains program code. Remove the description and send the video again."
            : "This picture's description contains program code. Remove the description, or take a screenshot of the picture, and send that.");

    private static int FindInValues(MetadataKind kind, ReadOnlySpan<byte> bytes) => kind switch
    {
        MetadataKind.Text => ScriptSearch.InText(bytes),
        MetadataKind.Xmp => XmpValues.HasScript(bytes) ? 0 : ScriptSearch.None,
        MetadataKind.Exif => ExifValues.Find(bytes.StartsWith("Exif\0"u8) && bytes.Length > 6 ? bytes[6..] : bytes),
        MetadataKind.Photoshop => PhotoshopValues.Find(bytes),
        MetadataKind.Iptc => PhotoshopValues.FindInIptc(bytes),
        MetadataKind.Icc => IccValues.Find(bytes),
        _ => ScriptSearch.None,
    };
}
