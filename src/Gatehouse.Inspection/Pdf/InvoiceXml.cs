using System.Text;
using System.Xml;
using Gatehouse.Inspection.Metadata;
using Gatehouse.Inspection.Text;

namespace Gatehouse.Inspection.Pdf;

/// <summary>XML that holds data and nothing else: no document type, no instruction, and no element by which a browser, Word or another program would run or fetch something.</summary>
internal static class InvoiceXml
{
    private const int Depth = 128;

    /// <summary>In one tag: an XML reader's cost grows with their number squared. Invoices have some three.</summary>
    private const int Attributes = 64;

    private static readonly XmlReaderSettings Settings = new() { DtdProcessing = DtdProcessing.Prohibit, XmlResolver = null };

    /// <summary>Of pages, pictures, transformations, documents of Office and LibreOffice, and forms of Acrobat: what such a file is, its content says and not its name.</summary>
    private static readonly string[] Active =
    [
        "http://www.w3.org/1999/xhtml", "http://www.w3.org/2000/svg", "http://www.w3.org/1999/XSL/", "http://www.w3.org/2001/XInclude", "http://schemas.microsoft.com/", "urn:schemas-microsoft-com:",
        "http://schemas.openxmlformats.org/", "urn:oasis:names:tc:opendocument:", "http://openoffice.org/", "http://ns.adobe.com/", "http://www.mozilla.org/",
    ];

    private static readonly string[] ActiveNames = ["script", "html", "svg", "iframe", "embed", "applet", "xdp"];

    public static bool IsHarmless(byte[] xml)
    {
        var text = InUtf8(xml);
        if (!PlainXml.IsOne(text) || ScriptSearch.InText(text) >= 0 || Eicar.IsIn(text) || HasManyAttributes(text))
            return false;
        try
        {
            using var reader = XmlReader.Create(new MemoryStream(xml), Settings);
            while (reader.Read())
            {
                if (reader.NodeType == XmlNodeType.ProcessingInstruction || (reader.NodeType == XmlNodeType.Element && IsActive(reader)))
                    return false;
            }

            return true;
        }
        catch (XmlException)
        {
            return false;
        }
    }

    private static byte[] InUtf8(byte[] xml) => xml switch
    {
        [0xFE, 0xFF, ..] => Encoding.Convert(Encoding.BigEndianUnicode, Encoding.UTF8, xml),
        [0xFF, 0xFE, ..] => Encoding.Convert(Encoding.Unicode, Encoding.UTF8, xml),
        _ => xml,
    };

    private static bool IsActive(XmlReader element) =>
        element.Depth > Depth
        || ActiveNames.Contains(element.LocalName, StringComparer.OrdinalIgnoreCase)
        || Active.Any(space => element.NamespaceURI.StartsWith(space, StringComparison.OrdinalIgnoreCase));

    /// <summary>A tag's attributes stand before the next "&lt;", which no value of theirs may hold.</summary>
    private static bool HasManyAttributes(ReadOnlySpan<byte> xml)
    {
        foreach (var piece in xml.Split((byte)'<'))
        {
            if (xml[piece].Count((byte)'=') > Attributes)
                return true;
        }

        return false;
    }
}
