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
            return LengthIn(reader);
        }
        catch (XmlException)
        {
            // XMP that is no XML declares nothing; the metadata's own scan judges it.
            return 0;
        }
    }

    /// <summary>Writers put a property into an attribute or into an element of its own.</summary>
    private static long LengthIn(XmlReader reader)
    {
        var (item, name) = (default(Item), "");
        while (reader.Read() && item.Length == 0)
        {
            if (reader.NodeType == XmlNodeType.Element)
            {
                name = reader.LocalName;
                item = name is "Item" or "li" ? default : item;
                for (var more = reader.MoveToFirstAttribute(); more; more = reader.MoveToNextAttribute())
                    item = item.With(reader.LocalName, reader.Value);
            }
            else if (reader.NodeType == XmlNodeType.Text)
            {
                item = item.With(name, reader.Value);
            }
        }

        return item.Length;
    }

    /// <summary>What is known of one item of the container, or of the video of old.</summary>
    private readonly record struct Item(long Declared, bool IsVideo, long Micro)
    {
        /// <summary>0: not known yet, or no video's.</summary>
        public long Length => Micro > 0 ? Micro : IsVideo ? Declared : 0;

        public Item With(string name, string value) => name switch
        {
            "MicroVideoOffset" => this with { Micro = Number(value) },
            "Length" => this with { Declared = Number(value) },
            "Semantic" => this with { IsVideo = value is "MotionPhoto" },
            _ => this,
        };

        private static long Number(string text) => long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : 0;
    }
}
