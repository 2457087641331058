using System.Text;
using System.Xml;

namespace Gatehouse.Inspection.Metadata;

/// <summary>
/// XMP (ISO 16684-1) is XML: its elements are no markup, its values are looked at decoded. Without DTD and entities, no depth or size beyond what
/// metadata has.
/// </summary>
internal static class XmpValues
{
    private const int MaxCharacters = 8 * 1024 * 1024;
    private const int MaxDepth = 64;
    private const int PieceLength = 1024;

    private static readonly XmlReaderSettings Settings = new()
    {
        DtdProcessing = DtdProcessing.Prohibit,
        XmlResolver = null,
        MaxCharactersInDocument = MaxCharacters,
        CloseInput = false,
        ConformanceLevel = ConformanceLevel.Fragment,
    };

    /// <summary>Whether any value is a script. XML that does not parse is looked at as the text that it then is.</summary>
    public static bool HasScript(ReadOnlySpan<byte> xmp)
    {
        xmp = xmp.TrimEnd((byte)0);
        var start = xmp.IndexOf((byte)'<');
        if (start < 0)
            return ScriptSearch.InText(xmp) >= 0;
        if (ScriptSearch.InBinary(xmp) >= 0)
            return true;
        xmp = xmp[start..];
        using var copy = new PooledBytes();
        copy.Add(xmp);
        using var stream = new CopiedStream(copy);
        return HasScript(stream) ?? ScriptSearch.InText(xmp) >= 0;
    }

    /// <summary>Null: this is no XML.</summary>
    public static bool? HasScript(Stream xmp)
    {
        using var value = new PooledChars();
        try
        {
            using var reader = XmlReader.Create(xmp, Settings);
            var piece = new char[PieceLength];
            while (reader.Read())
            {
                if (reader.Depth > MaxDepth)
                    return null;
                if (NodeHasScript(reader, value, piece))
                    return true;
            }

            return false;
        }
        catch (XmlException)
        {
            return null;
        }
    }

    private static bool NodeHasScript(XmlReader reader, PooledChars value, char[] piece)
    {
        if (reader.NodeType is XmlNodeType.ProcessingInstruction && string.Equals(reader.Name, "php", StringComparison.OrdinalIgnoreCase))
            return true;
        value.Clear();
        for (int read; reader.HasValue && (read = reader.ReadValueChunk(piece, 0, piece.Length)) > 0;)
            value.Add(piece.AsSpan(0, read));
        if (ValueHasScript(value.Text))
            return true;
        for (var more = reader.MoveToFirstAttribute(); more; more = reader.MoveToNextAttribute())
        {
            if (ValueHasScript(reader.Value))
                return true;
        }

        return false;
    }

    private static bool ValueHasScript(ReadOnlySpan<char> value)
    {
        if (value.IndexOfAny('<', ':') < 0)
            return false;
        using var bytes = new PooledSpan<byte>(Encoding.UTF8.GetMaxByteCount(value.Length));
        return ScriptSearch.InText(bytes.Span[..Encoding.UTF8.GetBytes(value, bytes.Span)]) >= 0;
    }

    private sealed class CopiedStream(PooledBytes bytes) : ForwardStream
    {
        public override int Read(Span<byte> buffer)
        {
            var count = Math.Min(buffer.Length, bytes.Length);
            bytes.Bytes[..count].CopyTo(buffer);
            bytes.DropFirst(count);
            return count;
        }
    }
}
