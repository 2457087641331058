using System.Buffers;

namespace Gatehouse.Inspection.Metadata;

/// <summary>
/// What a server or a browser would run if it were handed an image as a page: server-side tags, script elements, event attributes,
/// <c>javascript:</c> addresses. Letters count in either case.
/// </summary>
internal static class ScriptSearch
{
    public const int None = -1;

    private static readonly SearchValues<byte> TagEnds = SearchValues.Create("<>"u8);

    /// <summary>In a text value, where even three characters mean something. Returns where, or <see cref="None"/>.</summary>
    public static int InText(ReadOnlySpan<byte> text)
    {
        text = text.TrimEnd((byte)0);
        if (text.Contains((byte)0))
            return InWideText(text);
        // Sought once, not behind every "<%".
        var lastPageEnd = text.LastIndexOf("%>"u8);
        for (var from = 0; ;)
        {
            var found = text[from..].IndexOf((byte)'<');
            if (found < 0)
                return ScriptAddress(text);
            var at = from + found;
            var rest = text[at..];
            if (StartsElement(rest) || rest.StartsWith("<?="u8) || StartsWithIgnoringCase(rest, "<svg"u8) || (rest.StartsWith("<%"u8) && lastPageEnd >= at + 2) || HasEventAttribute(rest))
                return at;
            from = at + 1;
        }
    }

    /// <summary>In bytes that are no text, where only what is too long to be chance counts (five bytes: once in 2^37).</summary>
    public static int InBinary(ReadOnlySpan<byte> bytes) => InName(bytes) is var at and >= 0 ? at : ScriptAddress(bytes);

    /// <summary>In a file's name, which a title may be ("JavaScript: the basics"): only what no title has.</summary>
    public static int InName(ReadOnlySpan<byte> bytes)
    {
        for (var from = 0; ;)
        {
            var found = bytes[from..].IndexOf((byte)'<');
            if (found < 0)
                return None;
            var at = from + found;
            if (StartsElement(bytes[at..]))
                return at;
            from = at + 1;
        }
    }

    private static bool StartsElement(ReadOnlySpan<byte> rest) =>
        StartsWithIgnoringCase(rest, "<?php"u8) || StartsWithIgnoringCase(rest, "<script"u8) || StartsWithIgnoringCase(rest, "<iframe"u8)
        || rest.StartsWith("<!--#"u8);

    /// <summary>UTF-16 of either byte order reads as ASCII once its zero bytes are gone.</summary>
    private static int InWideText(ReadOnlySpan<byte> text)
    {
        using var room = new PooledSpan<byte>(text.Length);
        var narrow = room.Span;
        var length = 0;
        foreach (var value in text)
        {
            if (value != 0)
                narrow[length++] = value;
        }

        return InText(narrow[..length]) < 0 ? None : 0;
    }

    /// <summary>A tag's bytes to its end, or to the next tag, which is looked at in its own turn.</summary>
    private static bool HasEventAttribute(ReadOnlySpan<byte> tag)
    {
        if (tag.Length < 2 || !char.IsAsciiLetter((char)tag[1]))
            return false;
        var end = tag[1..].IndexOfAny(TagEnds);
        while (end >= 0 && tag[end + 1] == '<' && !(end + 2 < tag.Length && char.IsAsciiLetter((char)tag[end + 2])))
        {
            var further = tag[(end + 2)..].IndexOfAny(TagEnds);
            end = further < 0 ? further : end + 1 + further;
        }

        if (end >= 0)
            tag = tag[..(end + 1)];
        for (var from = 2; ;)
        {
            var found = tag[from..].IndexOf((byte)'=');
            if (found < 0)
                return false;
            if (IsEventName(tag[..(from + found)]))
                return true;
            from += found + 1;
        }
    }

    private static bool IsEventName(ReadOnlySpan<byte> before)
    {
        before = before.TrimEnd(" \t\r\n\f"u8);
        var start = before.Length;
        while (start > 0 && char.IsAsciiLetter((char)before[start - 1]))
            start--;
        var name = before[start..];
        return start > 0 && name.Length > 3 && StartsWithIgnoringCase(name, "on"u8) && " \t\r\n\f/\"'"u8.Contains(before[start - 1]);
    }

    private static int ScriptAddress(ReadOnlySpan<byte> bytes)
    {
        const int SchemeLength = 10;
        for (var from = 0; ;)
        {
            var found = bytes[from..].IndexOf((byte)':');
            if (found < 0)
                return None;
            var at = from + found;
            if (at >= SchemeLength && StartsWithIgnoringCase(bytes[(at - SchemeLength)..], "javascript"u8))
                return at - SchemeLength;
            from = at + 1;
        }
    }

    /// <param name="lower">In lower case.</param>
    private static bool StartsWithIgnoringCase(ReadOnlySpan<byte> bytes, ReadOnlySpan<byte> lower)
    {
        if (bytes.Length < lower.Length)
            return false;
        for (var i = 0; i < lower.Length; i++)
        {
            var value = bytes[i] is >= (byte)'A' and <= (byte)'Z' ? (byte)(bytes[i] | 0x20) : bytes[i];
            if (value != lower[i])
                return false;
        }

        return true;
    }
}
