using Gatehouse.Inspection.Text;

namespace Gatehouse.Inspection.Metadata;

/// <summary>XMP inside other bytes, where readers look for it by its marks (XMP specification part 1, 7.3: the wrapper and what is in it), in ASCII or UTF-16.</summary>
internal struct XmpPackets
{
    /// <summary>How far behind its bracket an element's own name is looked for: the prefix is free.</summary>
    private const int LongestName = 32;

    private bool _isOpen;

    /// <summary>Whether one of them has a script. One that has not ended goes on in the next bytes.</summary>
    public bool HaveScript(ReadOnlySpan<byte> bytes)
    {
        if (HaveNarrowScript(bytes))
            return true;
        if (!ScriptSearch.MayBeWide(bytes))
            return false;
        using var narrow = ScriptSearch.Narrow(bytes);
        return HaveNarrowScript(narrow.Bytes);
    }

    private bool HaveNarrowScript(ReadOnlySpan<byte> bytes)
    {
        var start = _isOpen ? 0 : Start(bytes);
        if (start < 0)
            return false;
        var packets = bytes[start..];
        var end = End(packets);
        _isOpen = end < 0 || Start(packets[end..]) >= 0;
        return XmpValues.HasScript(_isOpen ? packets : packets[..end]);
    }

    private static int Start(ReadOnlySpan<byte> bytes)
    {
        for (var at = 0; bytes[at..].IndexOf((byte)'<') is var found and >= 0; at++)
        {
            at += found;
            var rest = bytes[at..];
            if (Spelling.StartsWith(rest, "<?xpacket"u8) || Spelling.StartsWith(rest, "<rdf:RDF"u8) || IsRoot(rest[1..]))
                return at;
        }

        return -1;
    }

    /// <summary>Of today, and of before 2003.</summary>
    private static bool IsRoot(ReadOnlySpan<byte> name)
    {
        if (name.IsEmpty || !char.IsAsciiLetter((char)name[0]))
            return false;
        name = name[..Math.Min(name.Length, LongestName)];
        return Spelling.IndexOf(name, ":xmpmeta"u8) > 0 || Spelling.IndexOf(name, ":xapmeta"u8) > 0;
    }

    /// <summary>Behind the last of its closing marks; -1: there is none.</summary>
    private static int End(ReadOnlySpan<byte> bytes)
    {
        var wrapper = bytes.LastIndexOf("<?xpacket end"u8);
        for (var to = bytes.Length; bytes[..to].LastIndexOf("</"u8) is var at and >= 0 && at > wrapper; to = at)
        {
            var name = bytes[at..Math.Min(bytes.Length, at + LongestName)];
            var length = Math.Max(EndOf(name, ":RDF>"u8), EndOf(name, "meta>"u8));
            if (length >= 0)
                return at + length;
        }

        return wrapper < 0 ? -1 : wrapper + "<?xpacket end".Length;
    }

    private static int EndOf(ReadOnlySpan<byte> bytes, ReadOnlySpan<byte> mark) => bytes.IndexOf(mark) is var at && at < 0 ? -1 : at + mark.Length;
}
