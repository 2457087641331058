using System.Buffers;

namespace Gatehouse.Inspection.Text;

/// <summary>Formats written as text, known by their first line.</summary>
internal static class OpeningLines
{
    private static readonly SearchValues<byte> NumberLetters = SearchValues.Create("0123456789xABCDEFabcdef"u8);

    public static Verdict.Refuse? Judge(ReadOnlySpan<byte> opening)
    {
        var line = new TextLines(opening).Next();
        return opening[0] switch
        {
            (byte)'#' when opening.StartsWith("#!"u8) && line[2..].TrimStart(" \t"u8).StartsWith("/"u8) => TextRefusals.Script("text/x-script", "a script", 0),
            (byte)'#' when Spelling.StartsWith(line, "#EXTM3U"u8) => Playlist(),
            (byte)'f' when line.StartsWith("ffconcat version "u8) => Playlist(),
            (byte)'B' or (byte)'b' when IsBegin(line, "BEGIN:VCALENDAR"u8) => TextRefusals.Markup("text/calendar", "a calendar entry (ICS)", 0),
            (byte)'B' or (byte)'b' when IsBegin(line, "BEGIN:VCARD"u8) => TextRefusals.Markup("text/vcard", "a contact card (VCF)", 0),
            (byte)'{' when Spelling.StartsWith(opening, @"{\rt"u8) => TextRefusals.Markup("application/rtf", "a formatted document (RTF)", 0),
            (byte)'%' when IsPostScript(opening) => TextRefusals.Script("application/postscript", "a PostScript document", 0),
            (byte)'P' or (byte)'p' when Spelling.StartsWith(line, "push graphic-context"u8) => Vector(),
            (byte)'V' or (byte)'v' when Spelling.StartsWith(line, "viewbox "u8) && line.Length > 8 && char.IsAsciiDigit((char)line[8]) => Vector(),
            _ => XBitmap(opening) ?? OpeningCommands.Judge(opening) ?? OpeningSettings.Judge(opening)
                ?? (IsWebArchive(opening) ? TextRefusals.Markup("multipart/related", "a saved web page (MHT)", 0) : null),
        };
    }

    /// <summary>Whatever follows "%!" is PostScript to the programs that open it, but TeX's own remarks ("%!TEX root").</summary>
    private static bool IsPostScript(ReadOnlySpan<byte> opening) =>
        opening.StartsWith("%!"u8) && !Spelling.StartsWith(opening[2..], "TEX"u8) && !Spelling.StartsWith(opening[2..], "BIB"u8);

    /// <summary>RFC 5545 and RFC 6350: the line, or what old programs put behind a semicolon.</summary>
    private static bool IsBegin(ReadOnlySpan<byte> line, ReadOnlySpan<byte> word) =>
        Spelling.StartsWith(line, word) && (line.Length == word.Length || line[word.Length] == ';');

    /// <summary>"#define" of a width and a height, comments before them or not; the width alone where it is first.</summary>
    private static Verdict.Refuse? XBitmap(ReadOnlySpan<byte> opening)
    {
        if (opening[0] is not ((byte)'#' or (byte)'/'))
            return null;
        bool width = false, height = false;
        var isFirst = opening[0] == '#';
        for (var lines = new TextLines(SkipComments(opening)); lines.HasMore; isFirst = false)
        {
            var line = lines.Next();
            if (!Spelling.StartsWith(line, "#define"u8))
            {
                if (line.IsEmpty)
                    continue;
                break;
            }

            var isWidth = Defines(line, "width"u8);
            width |= isWidth;
            height |= Defines(line, "height"u8);
            if ((isFirst && isWidth) || (width && height))
                return TextRefusals.Markup("image/x-xbitmap", "a picture as program text (XBM)", 0);
        }

        return null;
    }

    private static bool Defines(ReadOnlySpan<byte> line, ReadOnlySpan<byte> name)
    {
        var rest = line["#define".Length..];
        var word = rest.TrimStart(" \t"u8);
        var space = word.IndexOfAny((byte)' ', (byte)'\t');
        return word.Length < rest.Length && space > 0 && word[..space].EndsWith(name) && word[space..].Trim(" \t"u8) is { IsEmpty: false } number
            && char.IsAsciiDigit((char)number[0]) && !number.ContainsAnyExcept(NumberLetters);
    }

    private static ReadOnlySpan<byte> SkipComments(ReadOnlySpan<byte> opening)
    {
        while (opening.StartsWith("/*"u8) && opening.IndexOf("*/"u8) is var end and > 0)
            opening = opening[(end + 2)..].TrimStart(" \t\r\n\f"u8);
        return opening;
    }

    /// <summary>RFC 2557: MIME headers at the start of lines, in any spelling that RFC 5322 allows, of which one says multipart/related.</summary>
    private static bool IsWebArchive(ReadOnlySpan<byte> opening)
    {
        bool version = false, related = false, isType = false;
        for (var lines = new TextLines(opening); lines.HasMore;)
        {
            var line = lines.Next();
            version |= IsHeader(line, "MIME-Version"u8);
            isType = IsHeader(line, "Content-Type"u8) || (isType && !line.IsEmpty && line[0] is (byte)' ' or (byte)'\t');
            related |= isType && Spelling.IndexOf(line, "multipart/related"u8) >= 0;
            if (version && related)
                return true;
        }

        return false;
    }

    private static bool IsHeader(ReadOnlySpan<byte> line, ReadOnlySpan<byte> name) =>
        Spelling.StartsWith(line, name) && line[name.Length..].TrimStart(" \t"u8).StartsWith(":"u8);

    private static Verdict.Refuse Playlist() => TextRefusals.Markup("application/vnd.apple.mpegurl", "a playlist (M3U)", 0);

    private static Verdict.Refuse Vector() => TextRefusals.Script("image/x-mvg", "a drawing script (MVG)", 0);
}
