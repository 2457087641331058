using System.Buffers;
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
        var copy = ArrayPool<byte>.Shared.Rent(xmp.Length);
        try
        {
            xmp.CopyTo(copy);
            using var stream = new MemoryStream(copy, 0, xmp.Length, writable: false);
            return HasScript(stream) ?? ScriptSearch.InText(xmp) >= 0;
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(copy);
        }
    }

    /// <summary>Null: this is no XML.</summary>
    public static bool? HasScript(Stream xmp)
    {
        try
        {
            using var reader = XmlReader.Create(xmp, Settings);
            while (reader.Read())
            {
                if (reader.Depth > MaxDepth)
                    return null;
                if (NodeHasScript(reader))
                    return true;
            }

            return false;
        }
        catch (XmlException)
        {
            return null;
        }
    }

    private static bool NodeHasScript(XmlReader reader)
    {
        if (reader.NodeType is XmlNodeType.ProcessingInstruction && string.Equals(reader.Name, "php", StringComparison.OrdinalIgnoreCase))
            return true;
        if (reader.HasValue && ValueHasScript(reader.Value))
            return true;
        for (var more = reader.MoveToFirstAttribute(); more; more = reader.MoveToNextAttribute())
        {
            if (ValueHasScript(reader.Value))
                return true;
        }

        return false;
    }

    private static bool ValueHasScript(string value) => value.AsSpan().IndexOfAny('<', ':') >= 0 && ScriptSearch.InText(Encoding.UTF8.GetBytes(value)) >= 0;
}
