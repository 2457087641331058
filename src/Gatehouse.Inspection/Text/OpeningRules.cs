using System.Text;

namespace Gatehouse.Inspection.Text;

/// <summary>What a text is by its first thing: a tag that browsers sniff (WHATWG MIME Sniffing, 7.1), or the first line of a format that is written as text.</summary>
internal static class OpeningRules
{
    private static readonly string[] SniffedTags =
    [
        "html", "head", "script", "iframe", "h1", "div", "font", "table", "a", "style", "title", "b", "body", "br", "p", "svg", "hta:application",
    ];

    public static Verdict.Refuse? Judge(ReadOnlySpan<byte> opening)
    {
        if (opening.Length < 3)
            return null;
        return opening[0] == '<' ? Tag(opening) : OpeningLines.Judge(opening);
    }

    private static Verdict.Refuse? Tag(ReadOnlySpan<byte> opening)
    {
        var rest = opening[1..];
        if (Spelling.StartsWith(rest, "?xml"u8))
            return Xml(opening);
        if (Spelling.StartsWith(rest, "!doctype"u8))
            return opening.IndexOf("svg"u8) is > 0 and < 20 ? Svg() : Html();
        if (Spelling.StartsWith(rest, "svg"u8) && (rest.Length == 3 || !Spelling.IsName(rest[3])))
            return Svg();
        // A web page whose end of file cuts its only tag is one too.
        Span<byte> name = stackalloc byte[16];
        foreach (var tag in SniffedTags)
        {
            var length = Encoding.ASCII.GetBytes(tag, name);
            if (Spelling.IsTag(rest, name[..length]))
                return Html();
        }

        return null;
    }

    private static Verdict.Refuse Xml(ReadOnlySpan<byte> opening)
    {
        if (opening.IndexOf("<svg"u8) > 0)
            return Svg();
        return opening.IndexOf("<html"u8) > 0
            ? TextRefusals.Markup("application/xhtml+xml", "a web page (XHTML)", 0)
            : TextRefusals.Markup("text/xml", "an XML file", 0);
    }

    private static Verdict.Refuse Svg() => TextRefusals.Markup("image/svg+xml", "an SVG drawing", 0);

    private static Verdict.Refuse Html() => TextRefusals.Markup("text/html", "a web page (HTML)", 0);
}
