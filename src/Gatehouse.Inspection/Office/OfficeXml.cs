using Gatehouse.Inspection.Office.Markup;
using Gatehouse.Inspection.Zip;

namespace Gatehouse.Inspection.Office;

/// <summary>
/// A part's XML, node by node: without DTD (ECMA-376 part 2, 6.2.5 forbids it) and so without entities, with bounds on depth and on the length of what the
/// reader keeps at once.
/// </summary>
internal static class OfficeXml
{
    private const int MaxDepth = 256;

    /// <summary>Counted together, as there are very many.</summary>
    private const int NodesAtOnce = 256;

    public static void Read(EntryStream part, Action<MarkupReader> node, long offset)
    {
        if (!TryRead(part, node, offset, BoundedMarkup.Longest))
            throw ZipStops.Structure(offset, "a part of it is no proper XML");
    }

    /// <summary>False: it is not well-formed, and was read as far as it is.</summary>
    public static bool TryRead(EntryStream part, Action<MarkupReader> node, long offset, int longestPiece)
    {
        using var bounded = new BoundedMarkup(part, offset, longestPiece);
        using var reader = new MarkupReader(bounded);
        try
        {
            for (var nodes = 0; reader.Read();)
            {
                nodes += 1 + reader.Attributes.Count;
                if (nodes >= NodesAtOnce)
                {
                    part.AddWork((long)nodes * ZipLimits.CostOfNode);
                    nodes = 0;
                }

                if (reader.Depth > MaxDepth)
                    throw ZipStops.Structure(offset, "a part of it is nested too deeply");
                node(reader);
            }

            return true;
        }
        catch (MarkupException)
        {
            return false;
        }
    }
}
