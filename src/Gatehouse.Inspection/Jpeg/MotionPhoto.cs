using System.Globalization;
using System.Xml;

namespace Gatehouse.Inspection.Jpeg;

/// <summary>
/// What XMP says of a video at the file's end: Google's Micro Video (<c>MicroVideoOffset</c>, counted from the end) and the Motion Photo format 1.0 (a
/// container item of semantic <c>MotionPhoto</c> with its <c>Length</c>). A property is an attribute or an element with a text, as RDF has both (ISO 16684-1, 7.9.2.2):
/// programs that edit a photo's description change the one into the other.
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
            return DeclaredLength(reader);
        }
        catch (XmlException)
        {
            // XMP that is no XML declares nothing; the metadata's own scan judges it.
            return 0;
        }
    }

    private static long DeclaredLength(XmlReader reader)
    {
        // Items stand in items; those that are open, outermost first.
        var open = new Stack<Item>();
        while (reader.Read())
        {
            var length = reader.NodeType switch
            {
                XmlNodeType.Element => Begin(reader, open),
                XmlNodeType.Text => EndProperty(reader.Value.Trim(), open),
                _ => 0,
            };
            if (length > 0)
                return length;
            if (reader.NodeType is XmlNodeType.EndElement)
                open.Pop();
        }

        return 0;
    }

    /// <summary>An element, which may be an item by its attributes, or a property of the one around it.</summary>
    private static long Begin(XmlReader reader, Stack<Item> open)
    {
        var item = new Item(reader.LocalName);
        var isEmpty = reader.IsEmptyElement;
        var length = 0L;
        for (var more = reader.MoveToFirstAttribute(); more && length == 0; more = reader.MoveToNextAttribute())
            length = item.Take(reader.LocalName, reader.Value);
        if (!isEmpty)
            open.Push(item);
        return length;
    }

    private static long EndProperty(string text, Stack<Item> open)
    {
        var property = open.Pop();
        var length = open.TryPeek(out var item) ? item.Take(property.Name, text) : 0;
        open.Push(property);
        return length;
    }

    /// <summary>An element with those of its properties that count.</summary>
    private sealed class Item(string name)
    {
        private long _length;
        private bool _isVideo;

        public string Name => name;

        /// <summary>The video's length, if it is known with this property; 0: it is not.</summary>
        public long Take(string property, string value)
        {
            switch (property)
            {
                case "MicroVideoOffset":
                    return Number(value);
                case "Length":
                    _length = Number(value);
                    break;
                case "Semantic":
                    _isVideo |= value is "MotionPhoto";
                    break;
                default:
                    return 0;
            }

            return _isVideo ? _length : 0;
        }

        private static long Number(string text) => long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : 0;
    }
}
