using System.Text;
using System.Xml;

namespace Gatehouse.Inspection.Metadata;

/// <summary>
/// XMP (ISO 16684-1) is XML: its elements are no markup, its values are looked at decoded and whole, whatever parts them in the file. Without DTD and entities, no
/// depth or size beyond what metadata has.
/// </summary>
internal static class XmpValues
{
    private const int MaxCharacters = 8 * 1024 * 1024;
    private const int MaxDepth = 64;
    private const int PieceLength = 1024;

    /// <summary>Blanks, and what UTF-8 and UTF-16 may begin with.</summary>
    private static ReadOnlySpan<byte> BeforeXml => [(byte)' ', (byte)'\t', (byte)'\r', (byte)'\n', 0, 0xEF, 0xBB, 0xBF, 0xFE, 0xFF];

    private static XmlReaderSettings Settings => new()
    {
        DtdProcessing = DtdProcessing.Prohibit,
        XmlResolver = null,
        MaxCharactersInDocument = MaxCharacters,
        CloseInput = false,
        ConformanceLevel = ConformanceLevel.Fragment,
        NameTable = new BoundedNames(),
    };

    /// <summary>Whether the first thing behind blanks and marks of an encoding is a tag.</summary>
    public static bool BeginsAsXml(ReadOnlySpan<byte> bytes) => bytes.TrimStart(BeforeXml).StartsWith("<"u8);

    /// <summary>Whether any value is a script. XML that does not parse is looked at as those read it who forgive that.</summary>
    public static bool HasScript(ReadOnlySpan<byte> xmp)
    {
        xmp = xmp.TrimEnd((byte)0);
        var start = xmp.IndexOf((byte)'<');
        if (start < 0)
            return ScriptSearch.InText(xmp) >= 0;
        if (ScriptSearch.InBinary(xmp) >= 0)
            return true;
        using var copy = new PooledBytes();
        copy.Add(xmp[start..]);
        using var stream = new CopiedStream(copy);
        return HasScript(stream) ?? LooseXml.HasScript(xmp);
    }

    /// <summary>Null: this is no XML.</summary>
    public static bool? HasScript(Stream xmp)
    {
        using var values = new Values();
        try
        {
            using var reader = XmlReader.Create(xmp, Settings);
            while (reader.Read())
            {
                if (reader.Depth > MaxDepth)
                    return null;
                if (values.AddNode(reader))
                    return true;
            }

            return values.HaveScript();
        }
        catch (XmlException)
        {
            return null;
        }
    }

    /// <summary>The value under way, which ends where an element begins or ends, and all of them as one, as markup in a value would have cut them.</summary>
    private sealed class Values : IDisposable
    {
        private readonly PooledBytes _value = new();
        private readonly PooledBytes _all = new();
        private readonly char[] _piece = new char[PieceLength];
        private readonly byte[] _bytes = new byte[PieceLength * 3];

        public bool AddNode(XmlReader reader)
        {
            switch (reader.NodeType)
            {
                case XmlNodeType.ProcessingInstruction:
                    return string.Equals(reader.Name, "php", StringComparison.OrdinalIgnoreCase) || IsScript(reader.Value);
                case XmlNodeType.Comment:
                    return IsScript(reader.Value);
                case XmlNodeType.Element:
                    return EndValue() || AttributesHaveScript(reader);
                case XmlNodeType.EndElement:
                    return EndValue();
                default:
                    ReadValue(reader);
                    return false;
            }
        }

        public bool HaveScript() => EndValue() || ScriptSearch.InBinary(_all.Bytes) >= 0;

        public void Dispose()
        {
            _value.Dispose();
            _all.Dispose();
        }

        private static bool IsScript(string text)
        {
            if (text.AsSpan().IndexOfAny('<', ':') < 0)
                return false;
            using var bytes = new PooledSpan<byte>(Encoding.UTF8.GetMaxByteCount(text.Length));
            return ScriptSearch.InText(bytes.Span[..Encoding.UTF8.GetBytes(text, bytes.Span)]) >= 0;
        }

        private static bool AttributesHaveScript(XmlReader reader)
        {
            for (var more = reader.MoveToFirstAttribute(); more; more = reader.MoveToNextAttribute())
            {
                if (IsScript(reader.Value))
                    return true;
            }

            return false;
        }

        private bool EndValue()
        {
            var isScript = ScriptSearch.InText(_value.Bytes) >= 0;
            _all.Add(_value.Bytes);
            _value.Clear();
            return isScript;
        }

        private void ReadValue(XmlReader reader)
        {
            for (int read; reader.HasValue && (read = reader.ReadValueChunk(_piece, 0, _piece.Length)) > 0;)
                _value.Add(_bytes.AsSpan(0, Encoding.UTF8.GetBytes(_piece.AsSpan(0, read), _bytes)));
        }
    }

    private sealed class CopiedStream(PooledBytes bytes) : ForwardStream
    {
        private int _read;

        public override int Read(Span<byte> buffer)
        {
            var count = Math.Min(buffer.Length, bytes.Length - _read);
            bytes.Bytes.Slice(_read, count).CopyTo(buffer);
            _read += count;
            return count;
        }
    }
}
