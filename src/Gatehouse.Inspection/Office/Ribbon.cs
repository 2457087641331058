using System.Xml;

namespace Gatehouse.Inspection.Office;

/// <summary>A document's own ribbon ([MS-CUSTOMUI] 2.2): its controls call macros by name, and a name may lead to another file's.</summary>
internal static class Ribbon
{
    private static readonly char[] Elsewhere = ['/', '\\', ':', '!'];

    public static bool IsOne(XmlReader element) => element.NamespaceURI.EndsWith("/customui", StringComparison.OrdinalIgnoreCase);

    /// <summary>Callbacks begin with "on" and "get", but for the one that loads pictures.</summary>
    public static bool CallsElsewhere(XmlReader attribute)
    {
        var name = attribute.LocalName;
        var isCallback = name.StartsWith("on", StringComparison.Ordinal) || name.StartsWith("get", StringComparison.Ordinal) || name is "loadImage";
        return isCallback && attribute.Value.IndexOfAny(Elsewhere) >= 0;
    }
}
