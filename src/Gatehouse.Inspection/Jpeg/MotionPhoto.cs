using System.Globalization;
using System.Xml;

namespace Gatehouse.Inspection.Jpeg;

/// <summary>
/// What XMP says of a video at the file's end: Google's Micro Video (<c>MicroVideoOffset</c>, counted from the end) and the Motion Photo format 1.0 (a
/// container item of semantic <c>MotionPhoto</c> with its <c>Length</c>).
/// </summary>
internal static class MotionPhoto
{
    private static readonly XmlReaderSettings Settings = new() { DtdProcessing = DtdProcessing.Prohibit, XmlResolver = null };

    /// <summary>In bytes; 0: none is declared.</summary>
    public static long DeclaredLength(ReadOnlySpan<byte> xmp)
    {
        if (xmp.IndexOf("MicroVideo"u8) < 0 && xmp.IndexOf("MotionPhoto"u8) < 0)
            return 0;
        try
        {
            using var reader = XmlReader.Create(new MemoryStream(xmp.ToArray(), writable: false), Settings);
            while (reader.Read())
            {
                if (reader.NodeType == XmlNodeType.Element && LengthIn(reader) is > 0 and var length)
                    return length;
            }
        }
        catch (XmlException)
        {
            // XMP that is no XML declares nothing; the metadata's own scan judges it.
        }

        return 0;
    }

    private static long LengthIn(XmlReader element)
    {
        var (length, isVideo) = (0L, false);
        for (var more = element.MoveToFirstAttribute(); more; more = element.MoveToNextAttribute())
        {
            if (element.LocalName is "MicroVideoOffset")
                return Number(element.Value);
            if (element.LocalName is "Length")
                length = Number(element.Value);
            isVideo |= element.LocalName is "Semantic" && element.Value is "MotionPhoto";
        }

        return isVideo ? length : 0;
    }

    private static long Number(string text) => long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : 0;
}
