namespace Gatehouse.Inspection.Text;

/// <summary>Batch files and registry files, by their first line behind remarks.</summary>
internal static class OpeningCommands
{
    public static Verdict.Refuse? Judge(ReadOnlySpan<byte> opening)
    {
        if (opening[0] is not ((byte)'@' or (byte)':' or (byte)';' or (byte)',' or (byte)'=' or (byte)'R' or (byte)'r' or (byte)'E' or (byte)'e' or (byte)'W' or (byte)'w'))
            return null;
        var lines = new TextLines(opening);
        var line = lines.NextFilled();
        if (IsBatch(line, isFirst: true))
            return Batch();
        while (lines.HasMore && IsRemark(line))
        {
            line = lines.NextFilled();
            if (IsBatch(line, isFirst: false))
                return Batch();
        }

        return IsRegistry(line, lines.NextFilled()) ? TextRefusals.Script("text/x-ms-regedit", "a Windows registry file", 0) : null;
    }

    private static bool IsRemark(ReadOnlySpan<byte> line) => line.StartsWith("::"u8) || line.StartsWith(";"u8) || Spelling.StartsWith(line, "rem "u8);

    /// <summary>Commands that are not to be shown while they run, behind whatever the command interpreter passes over.</summary>
    private static bool IsBatch(ReadOnlySpan<byte> line, bool isFirst)
    {
        line = line.TrimStart(";,= \t"u8);
        if (!line.StartsWith("@"u8))
            return isFirst && Spelling.Is(line, "echo off"u8);
        line = line[1..].TrimStart("@(\"; \t"u8);
        return IsEchoOff(line) || Spelling.Is(line, "setlocal"u8) || Spelling.Is(line, "cls"u8) || line.StartsWith("%"u8) || Spelling.StartsWith(line, "rem "u8) || Spelling.StartsWith(line, "title "u8)
            || Spelling.StartsWith(line, "powershell -"u8) || Spelling.StartsWith(line, "if not "u8) || Spelling.StartsWith(line, "if exist "u8);
    }

    /// <summary>The interpreter drops carets.</summary>
    private static bool IsEchoOff(ReadOnlySpan<byte> line)
    {
        Span<byte> plain = stackalloc byte[16];
        var length = 0;
        foreach (var c in line)
        {
            if (c is (byte)'^' || (Spelling.IsSpace(c) && length > 0 && Spelling.IsSpace(plain[length - 1])))
                continue;
            plain[length++] = c == '\t' ? (byte)' ' : c;
            if (length == plain.Length)
                break;
        }

        plain = plain[..length];
        return Spelling.Is(plain, "echo on"u8)
            || (Spelling.StartsWith(plain, "echo off"u8) && (length == "echo off".Length || !char.IsAsciiLetter((char)plain["echo off".Length])));
    }

    private static bool IsRegistry(ReadOnlySpan<byte> line, ReadOnlySpan<byte> next) =>
        Spelling.StartsWith(line, "Windows Registry Editor Version "u8) || Spelling.Is(line, "REGEDIT4"u8)
        || (Spelling.StartsWith(line, "REGEDIT4 "u8) && Spelling.StartsWith(next, "[HKEY_"u8))
        || (Spelling.Is(line, "REGEDIT"u8) && Spelling.StartsWith(next, "HKEY_"u8) && next.Contains((byte)'='));

    private static Verdict.Refuse Batch() => TextRefusals.Script("text/x-msdos-batch", "a Windows batch file", 0);
}
