using System.Xml;
using Gatehouse.Inspection.Zip;

namespace Gatehouse.Inspection.Office;

/// <summary>
/// A part's XML, node by node: without DTD (ECMA-376 part 2, 6.2.5 forbids it) and so without entities, with bounds on depth, names, and the length of what
/// the reader keeps at once.
/// </summary>
internal static class OfficeXml
{
    private const int MaxDepth = 256;

    /// <summary>What is not well-formed is refused, unless the part is one that some programs write badly.</summary>
    public static void Read(Stream part, Action<XmlReader> node, long offset, bool mayBeMalformed = false)
    {
        using var bounded = new BoundedMarkup(part, offset);
        var settings = new XmlReaderSettings
        {
            DtdProcessing = DtdProcessing.Prohibit,
            XmlResolver = null,
            CloseInput = false,
            IgnoreComments = true,
            IgnoreProcessingInstructions = true,
            NameTable = new BoundedNames(offset),
        };
        try
        {
            using var reader = XmlReader.Create(bounded, settings);
            while (reader.Read())
            {
                if (reader.Depth > MaxDepth)
                    throw ZipStops.Structure(offset, "a part of it is nested too deeply");
                node(reader);
            }
        }
        catch (XmlException) when (mayBeMalformed)
        {
        }
        catch (XmlException)
        {
            throw ZipStops.Structure(offset, "a part of it is no proper XML");
        }
    }
}
