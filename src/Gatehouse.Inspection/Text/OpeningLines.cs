namespace Gatehouse.Inspection.Text;

/// <summary>Formats written as text, known by their first line.</summary>
internal static class OpeningLines
{
    public static Verdict.Refuse? Judge(ReadOnlySpan<byte> opening)
    {
        var line = FirstLine(opening);
        return opening[0] switch
        {
            (byte)'#' => Hash(opening, line),
            (byte)'B' or (byte)'b' when Is(line, "BEGIN:VCALENDAR"u8) => TextRefusals.Markup("text/calendar", "a calendar entry (ICS)", 0),
            (byte)'B' or (byte)'b' when Is(line, "BEGIN:VCARD"u8) => TextRefusals.Markup("text/vcard", "a contact card (VCF)", 0),
            (byte)'{' when Spelling.StartsWith(opening, @"{\rt"u8) => TextRefusals.Markup("application/rtf", "a formatted document (RTF)", 0),
            (byte)'%' when opening.StartsWith("%!PS"u8) || Is(line, "%!"u8) => TextRefusals.Script("application/postscript", "a PostScript document", 0),
            (byte)'[' when Is(line, "[InternetShortcut]"u8) => TextRefusals.Script("application/x-mswinurl", "an Internet shortcut", 0),
            (byte)'[' when Is(line, "[Desktop Entry]"u8) => TextRefusals.Script("application/x-desktop", "a desktop shortcut", 0),
            (byte)'@' when IsBatch(line) => TextRefusals.Script("text/x-msdos-batch", "a Windows batch file", 0),
            (byte)'W' when Spelling.StartsWith(line, "Windows Registry Editor Version "u8) => Registry(),
            (byte)'R' when Is(line, "REGEDIT4"u8) => Registry(),
            (byte)'p' when Is(line, "push graphic-context"u8) => Vector(),
            (byte)'v' when line.StartsWith("viewbox "u8) && line.Length > 8 && char.IsAsciiDigit((char)line[8]) => Vector(),
            _ => IsWebArchive(opening) ? TextRefusals.Markup("multipart/related", "a saved web page (MHT)", 0) : null,
        };
    }

    private static Verdict.Refuse? Hash(ReadOnlySpan<byte> opening, ReadOnlySpan<byte> line)
    {
        if (opening.StartsWith("#!"u8))
            return line[2..].TrimStart((byte)' ').StartsWith("/"u8) ? TextRefusals.Script("text/x-script", "a script", 0) : null;
        if (Spelling.StartsWith(line, "#EXTM3U"u8))
            return TextRefusals.Markup("application/vnd.apple.mpegurl", "a playlist (M3U)", 0);
        return IsXBitmap(line) ? TextRefusals.Markup("image/x-xbitmap", "a picture as program text (XBM)", 0) : null;
    }

    /// <summary>Commands that a batch file does not show while it runs.</summary>
    private static bool IsBatch(ReadOnlySpan<byte> line) =>
        Spelling.StartsWith(line, "@echo off"u8) || Is(line, "@echo on"u8) || Spelling.StartsWith(line, "@rem "u8) || Is(line, "@setlocal"u8);

    /// <summary>"#define" with a name in "_width" and a number.</summary>
    private static bool IsXBitmap(ReadOnlySpan<byte> line)
    {
        if (!line.StartsWith("#define "u8))
            return false;
        var name = line[8..].TrimStart((byte)' ');
        var space = name.IndexOf((byte)' ');
        return space > 0 && name[..space].EndsWith("width"u8) && name[space..].Trim((byte)' ') is { IsEmpty: false } number
            && number.IndexOfAnyExceptInRange((byte)'0', (byte)'9') < 0;
    }

    /// <summary>RFC 2557: MIME headers at the start of lines, of which one says multipart/related.</summary>
    private static bool IsWebArchive(ReadOnlySpan<byte> opening)
    {
        bool version = false, related = false;
        foreach (var range in opening.Split((byte)'\n'))
        {
            var line = opening[range];
            version |= Spelling.StartsWith(line, "MIME-Version:"u8);
            related |= Spelling.StartsWith(line, "Content-Type: multipart/related"u8);
        }

        return version && related;
    }

    private static Verdict.Refuse Registry() => TextRefusals.Script("text/x-ms-regedit", "a Windows registry file", 0);

    private static Verdict.Refuse Vector() => TextRefusals.Script("image/x-mvg", "a drawing script (MVG)", 0);

    private static bool Is(ReadOnlySpan<byte> line, ReadOnlySpan<byte> word) => line.Length == word.Length && Spelling.StartsWith(line, word);

    private static ReadOnlySpan<byte> FirstLine(ReadOnlySpan<byte> opening)
    {
        var end = opening.IndexOfAny((byte)'\r', (byte)'\n');
        return (end < 0 ? opening : opening[..end]).TrimEnd(" \t"u8);
    }
}
