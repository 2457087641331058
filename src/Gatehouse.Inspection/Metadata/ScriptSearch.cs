using Gatehouse.Inspection.Text;

namespace Gatehouse.Inspection.Metadata;

/// <summary>
/// What a server or a browser would run if it were handed an image as a page: server-side tags, script elements, event attributes,
/// <c>javascript:</c> addresses. Letters count in either case.
/// </summary>
internal static class ScriptSearch
{
    public const int None = -1;

    /// <summary>How far a short PHP tag is looked through for its end.</summary>
    private const int LongestShortTag = 1024;

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
                break;
            var at = from + found;
            var rest = text[at..];
            if (StartsElement(rest) || rest.StartsWith("<?="u8) || IsShortTag(rest) || Spelling.StartsWith(rest, "<svg"u8) || (rest.StartsWith("<%"u8) && lastPageEnd >= at + 2))
                return at;
            from = at + 1;
        }

        return ScriptAddress(text) is var address and >= 0 ? address : InTags(text);
    }

    /// <summary>In bytes that are no text, where only what is too long to be chance counts (five bytes: once in 2^37), in ASCII or UTF-16.</summary>
    public static int InBinary(ReadOnlySpan<byte> bytes)
    {
        if (InName(bytes) is var name and >= 0)
            return name;
        if (ScriptAddress(bytes) is var address and >= 0)
            return address;
        if (BinaryRuns.Find(bytes) is var run and >= 0)
            return run;
        if (!MayBeWide(bytes))
            return None;
        using var narrow = Narrow(bytes);
        return InBinary(narrow.Bytes) < 0 ? None : 0;
    }

    /// <summary>Whether UTF-16 of either byte order may have a character with which code begins: both have a zero behind it.</summary>
    public static bool MayBeWide(ReadOnlySpan<byte> bytes) => bytes.IndexOf("<\0"u8) >= 0 || bytes.IndexOf(":\0"u8) >= 0;

    /// <summary>In bytes of which nobody knows what they are: as text if they can be one, else as bytes, and without the zeros that UTF-16 has.</summary>
    public static int InUnknown(ReadOnlySpan<byte> bytes)
    {
        if (!BinaryRuns.HasControls(bytes))
            return InText(bytes);
        if (!bytes.Contains((byte)0))
            return InBinary(bytes);
        using var narrow = Narrow(bytes);
        return InBinary(narrow.Bytes) < 0 ? None : 0;
    }

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

    /// <summary>Tags that act, as the scanner of texts finds them, whatever quotes stand before their attributes.</summary>
    internal static int InTags(ReadOnlySpan<byte> text)
    {
        var first = text.IndexOf((byte)'<');
        return first < 0 || !text[first..].Contains((byte)'=') || new TagScanner().Scan(text, first, text.Length, 0, -1) is not { } found
            ? None
            : (int)found.Offset;
    }

    /// <summary>The bytes but for their zeros: UTF-16 of either byte order reads as ASCII so.</summary>
    internal static PooledBytes Narrow(ReadOnlySpan<byte> wide)
    {
        var narrow = new PooledBytes();
        for (var from = 0; from < wide.Length;)
        {
            var end = wide[from..].IndexOf((byte)0);
            var piece = end < 0 ? wide[from..] : wide.Slice(from, end);
            narrow.Add(piece);
            from += piece.Length + 1;
        }

        return narrow;
    }

    private static bool StartsElement(ReadOnlySpan<byte> rest) =>
        Spelling.StartsWith(rest, "<?php"u8) || Spelling.StartsWith(rest, "<script"u8) || Spelling.StartsWith(rest, "<iframe"u8) || rest.StartsWith("<!--#"u8);

    /// <summary>"&lt;? call() ?&gt;", which PHP runs where it is told to.</summary>
    private static bool IsShortTag(ReadOnlySpan<byte> rest)
    {
        if (rest.Length < 3 || !rest.StartsWith("<?"u8) || !Spelling.IsSpace(rest[2]))
            return false;
        var end = rest[..Math.Min(rest.Length, LongestShortTag)].IndexOf("?>"u8);
        return end > 0 && rest[..end].Contains((byte)'(');
    }

    private static int InWideText(ReadOnlySpan<byte> text)
    {
        using var narrow = Narrow(text);
        return InText(narrow.Bytes) < 0 ? None : 0;
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
            if (at >= SchemeLength && Spelling.StartsWith(bytes[(at - SchemeLength)..], "javascript"u8))
                return at - SchemeLength;
            from = at + 1;
        }
    }
}
