namespace Gatehouse.Inspection.Text;

/// <summary>Files of settings that make a desktop open, run or fetch something: known by a section and a key of it, whatever stands before, or by their first lines.</summary>
internal static class OpeningSettings
{
    public static Verdict.Refuse? Judge(ReadOnlySpan<byte> opening)
    {
        if (opening.IndexOf((byte)'[') >= 0 && Section(opening) is { } refusal)
            return refusal;
        return opening[0] switch
        {
            (byte)'W' when IsQuery(opening) => TextRefusals.Script("text/x-ms-iqy", "a web query", 0),
            (byte)'I' when IsSymbolicLink(opening) => TextRefusals.Markup("application/x-sylk", "a spreadsheet (SYLK)", 0),
            (>= (byte)'a' and <= (byte)'z') or (>= (byte)'A' and <= (byte)'Z') when IsRemoteDesktop(opening) => TextRefusals.Script("application/x-rdp", "a remote desktop file", 0),
            _ => null,
        };
    }

    /// <summary>The name of the first section that says what the file is decides with one of its keys, or alone where nothing but remarks stands before it.</summary>
    private static Verdict.Refuse? Section(ReadOnlySpan<byte> opening)
    {
        var isFirst = true;
        for (var lines = new TextLines(opening); lines.HasMore;)
        {
            var line = lines.Next();
            if (line.StartsWith("["u8))
            {
                if (Named(line, lines, isFirst) is { } refusal)
                    return refusal;
                isFirst = false;
            }
            else if (!line.IsEmpty && line[0] is not ((byte)'#' or (byte)';'))
            {
                isFirst = false;
            }
        }

        return null;
    }

    private static Verdict.Refuse? Named(ReadOnlySpan<byte> line, TextLines after, bool isFirst)
    {
        if (Spelling.StartsWith(line, "[InternetShortcut"u8) && ((isFirst && Spelling.Is(line, "[InternetShortcut]"u8)) || HasKey(after, "URL"u8) || HasKey(after, "IconFile"u8)))
            return TextRefusals.Script("application/x-mswinurl", "an Internet shortcut", 0);
        if (Spelling.Is(line, "[Desktop Entry]"u8) && (isFirst || HasKey(after, "Type"u8) || HasKey(after, "Exec"u8)))
            return TextRefusals.Script("application/x-desktop", "a desktop shortcut", 0);
        if (Spelling.Is(line, "[autorun]"u8) && (HasKey(after, "open"u8) || HasKey(after, "shellexecute"u8) || HasKey(after, "icon"u8) || HasKey(after, "action"u8)))
            return TextRefusals.Script("text/x-autorun", "instructions to start a program", 0);
        var isShell = Spelling.Is(line, "[Shell]"u8) && (HasKey(after, "Command"u8) || HasKey(after, "IconFile"u8));
        return isShell || (Spelling.Is(line, "[.ShellClassInfo]"u8) && HasKey(after, "IconResource"u8))
            ? TextRefusals.Script("text/x-ms-shell-settings", "a Windows shell command", 0)
            : null;
    }

    /// <param name="lines">From the section's first line to the next section.</param>
    private static bool HasKey(TextLines lines, ReadOnlySpan<byte> key)
    {
        while (lines.HasMore)
        {
            var line = lines.Next();
            if (line.StartsWith("["u8))
                return false;
            if (Spelling.StartsWith(line, key) && line[key.Length..].TrimStart(" \t"u8).StartsWith("="u8))
                return true;
        }

        return false;
    }

    /// <summary>Excel's web query: "WEB", a version, an address.</summary>
    private static bool IsQuery(ReadOnlySpan<byte> opening)
    {
        var lines = new TextLines(opening);
        return lines.NextFilled().SequenceEqual("WEB"u8) && lines.NextFilled() is [>= (byte)'0' and <= (byte)'9'] && lines.NextFilled().IndexOf(":"u8) > 0;
    }

    /// <summary>SYLK: "ID;P" and a program's name, then records; a table with the heading "ID;PRICE" has none.</summary>
    private static bool IsSymbolicLink(ReadOnlySpan<byte> opening)
    {
        var lines = new TextLines(opening);
        if (!lines.Next().StartsWith("ID;P"u8))
            return false;
        var record = lines.NextFilled();
        return record is [(byte)'B' or (byte)'C' or (byte)'F' or (byte)'O' or (byte)'P', (byte)';', >= (byte)'A' and <= (byte)'Z', not (byte)';', ..];
    }

    /// <summary>Lines of "name:type:value", of which one is the address.</summary>
    private static bool IsRemoteDesktop(ReadOnlySpan<byte> opening)
    {
        var isFirst = true;
        for (var lines = new TextLines(opening); lines.HasMore; isFirst = false)
        {
            var line = lines.Next();
            if (isFirst && line.IndexOf(":s:"u8) < 0 && line.IndexOf(":i:"u8) < 0)
                return false;
            if (Spelling.StartsWith(line, "full address:s:"u8) || Spelling.StartsWith(line, "alternate full address:s:"u8))
                return true;
        }

        return false;
    }
}
