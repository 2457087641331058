namespace Gatehouse.Inspection.Zip;

/// <summary>
/// Extensions of what a double-click would run, install, mount or open with rights: Outlook's blocked attachments (Microsoft, "Blocked attachments in
/// Outlook") that customers meet, their like on macOS and Linux, and archives that have no signature.
/// </summary>
internal static class ProgramNames
{
    private const string FolderSettings = "desktop.ini";

    private static readonly HashSet<string> Extensions = new(StringComparer.OrdinalIgnoreCase)
    {
        ".accde", ".ace", ".action", ".ade", ".apk", ".app", ".appinstaller", ".application", ".appref-ms", ".appx", ".appxbundle", ".arj", ".asp", ".aspx", ".bash",
        ".bat", ".cab", ".cer", ".cgi", ".chm", ".cmd", ".com", ".command", ".cpl", ".crt", ".crx", ".csh", ".deb", ".der", ".deskthemepack", ".desktop", ".diagcab",
        ".dll", ".dmg", ".docm", ".dotm", ".drv", ".exe", ".fileloc", ".fish", ".gadget", ".hlp", ".hta", ".img", ".inetloc", ".inf", ".ins", ".ipa", ".iqy", ".iso",
        ".isp", ".its", ".jar", ".jnlp", ".js", ".jse", ".jsp", ".ksh", ".library-ms", ".lnk", ".lz", ".lzh", ".mad", ".mcf", ".mde", ".mjs", ".mobileconfig",
        ".msc", ".msh", ".msi", ".msix", ".msixbundle", ".msp", ".mst", ".msu", ".ocx", ".one", ".osd", ".php", ".pif", ".pkg", ".pl", ".potm", ".ppam", ".ppkg",
        ".ppsm", ".pptm", ".prf", ".ps1", ".ps1xml", ".psc1", ".psd1", ".psm1", ".py", ".pyw", ".pyz", ".rb", ".rdp", ".reg", ".rpm", ".run", ".scf", ".scpt",
        ".scr", ".sct", ".search-ms", ".searchconnector-ms", ".settingcontent-ms", ".sh", ".shb", ".slk", ".sys", ".terminal", ".theme", ".themepack", ".tool",
        ".udl", ".url", ".vb", ".vbe", ".vbs", ".vbscript", ".vhd", ".vhdx", ".webloc", ".website", ".wim", ".workflow", ".ws", ".wsc", ".wsf", ".wsh", ".xbap",
        ".xla", ".xlam", ".xll", ".xlsm", ".xltm", ".xnk", ".xpi", ".zsh",
    };

    /// <summary>On macOS a program is a folder with files in it.</summary>
    private static readonly HashSet<string> FolderExtensions = new(StringComparer.OrdinalIgnoreCase) { ".action", ".app", ".workflow" };

    private static readonly HashSet<string>.AlternateLookup<ReadOnlySpan<char>> ByExtension = Extensions.GetAlternateLookup<ReadOnlySpan<char>>();
    private static readonly HashSet<string>.AlternateLookup<ReadOnlySpan<char>> ByFolder = FolderExtensions.GetAlternateLookup<ReadOnlySpan<char>>();

    public static bool IsOne(ReadOnlySpan<char> name)
    {
        for (var slash = name.IndexOf('/'); slash >= 0; slash = name.IndexOf('/'))
        {
            if (ByFolder.Contains(Path.GetExtension(name[..slash])))
                return true;
            name = name[(slash + 1)..];
        }

        return IsOneOf(name);
    }

    /// <summary>Windows drops blanks and dots at a name's end, and takes what is behind a colon for a stream of the file before it.</summary>
    private static bool IsOneOf(ReadOnlySpan<char> name)
    {
        var colon = name.IndexOf(':');
        var whole = name.TrimEnd(" .");
        return (colon > 0 && IsOneOf(name[..colon])) || ByExtension.Contains(Path.GetExtension(whole)) || whole.Equals(FolderSettings, StringComparison.OrdinalIgnoreCase);
    }
}
