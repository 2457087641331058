using Gatehouse.Inspection.Text;

namespace Gatehouse.Inspection.Metadata;

/// <summary>
/// XMP that is no well-formed XML, as programs that forgive would read it: all of it with its references resolved, and once more with what parts a value (comments,
/// instructions, the marks of CDATA sections) taken out. Entities of its own are scripts enough: no program writes them.
/// </summary>
internal static class LooseXml
{
    public static bool HasScript(ReadOnlySpan<byte> xml)
    {
        using var narrow = ScriptSearch.Narrow(xml);
        using var decoded = new PooledBytes();
        Decode(narrow.Bytes, decoded);
        if (Spelling.IndexOf(narrow.Bytes, "<!ENTITY"u8) >= 0)
            return true;
        if (ScriptSearch.InText(decoded.Bytes) >= 0)
            return true;
        using var joined = new PooledBytes();
        Join(narrow.Bytes, joined);
        decoded.Clear();
        Decode(joined.Bytes, decoded);
        return ScriptSearch.InText(decoded.Bytes) >= 0;
    }

    private static void Decode(ReadOnlySpan<byte> xml, PooledBytes into)
    {
        Span<byte> one = stackalloc byte[1];
        for (int found; (found = xml.IndexOf((byte)'&')) >= 0;)
        {
            into.Add(xml[..found]);
            xml = xml[found..];
            var character = CharacterReference.Read(xml, out var length);
            length = character < 0 ? 1 : length;
            one[0] = (byte)(character < 0 ? '&' : character < 0x80 ? character : '?');
            into.Add(one);
            xml = xml[length..];
        }

        into.Add(xml);
    }

    private static void Join(ReadOnlySpan<byte> xml, PooledBytes into)
    {
        // What has no end is sought once, not behind every beginning.
        var (lastComment, lastInstruction) = (xml.LastIndexOf("-->"u8), xml.LastIndexOf("?>"u8));
        for (var at = 0; at < xml.Length;)
        {
            var found = xml[at..].IndexOfAny((byte)'<', (byte)']');
            var mark = found < 0 ? xml.Length : at + found;
            into.Add(xml[at..mark]);
            at = mark;
            var rest = xml[at..];
            if (rest.StartsWith("<![CDATA["u8))
                at += "<![CDATA[".Length;
            else if (rest.StartsWith("]]>"u8))
                at += "]]>".Length;
            else if (rest.StartsWith("<!--"u8) && lastComment > at)
                at += rest.IndexOf("-->"u8) + "-->".Length;
            else if (rest.StartsWith("<?"u8) && lastInstruction > at)
                at += rest.IndexOf("?>"u8) + "?>".Length;
            else if (!rest.IsEmpty)
                into.Add(xml.Slice(at++, 1));
        }
    }
}
