using System.Buffers;
using Gatehouse.Inspection.Office.Markup;

namespace Gatehouse.Inspection.Office;

/// <summary>A document's own ribbon ([MS-CUSTOMUI] 2.2): its controls call macros by name, and a name may lead to another file's.</summary>
internal static class Ribbon
{
    private static readonly SearchValues<char> Elsewhere = SearchValues.Create("/\\:!");

    public static bool IsOne(MarkupReader element) => element.Vocabulary.Is(Vocabulary.Ribbon);

    /// <summary>Callbacks begin with "on" and "get", but for the one that loads pictures.</summary>
    public static bool CallsElsewhere(MarkupAttribute attribute)
    {
        var name = attribute.Name;
        var isCallback = name.StartsWith("on") || name.StartsWith("get") || name is "loadImage";
        return isCallback && attribute.Value.IndexOfAny(Elsewhere) >= 0;
    }
}
