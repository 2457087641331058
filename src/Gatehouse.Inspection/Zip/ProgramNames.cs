namespace Gatehouse.Inspection.Zip;

/// <summary>
/// Extensions of what a double-click would run, install, mount or open with rights, and of what a web server would run: Outlook's blocked attachments
/// (Microsoft, "Blocked attachments in Outlook") and Gmail's (Google, "File types blocked in Gmail") that customers meet, their like on macOS and Linux,
/// databases with macros, Python's stored objects, and archives that have no signature. MATLAB's .mat, which Outlook blocks too, is honest; so is .pub, a key, and Publisher's
/// are told by content.
/// </summary>
internal static class ProgramNames
{
    private const string FolderSettings = "desktop.ini";

    private static readonly HashSet<string> Extensions = new(StringComparer.OrdinalIgnoreCase)
    {
        ".aab", ".accda", ".accdb", ".accde", ".accdr", ".ace", ".acm", ".action", ".ade", ".adp", ".ahk", ".apk", ".apks", ".app", ".appcontent-ms",
        ".appimage", ".appinstaller", ".applescript", ".application", ".appref-ms", ".appx", ".appxbundle", ".arj", ".asa", ".asax", ".ascx", ".ashx",
        ".asmx", ".asp", ".aspx", ".au3", ".ax", ".bas", ".bash", ".bat", ".bgi", ".cab", ".cdxml", ".cer", ".cfc", ".cfm", ".cgi", ".chm", ".class", ".cmd",
        ".com", ".command", ".contact", ".cpl", ".crt", ".crx", ".csh", ".deb", ".der", ".deskthemepack", ".desktop", ".diagcab", ".diagcfg", ".diagpkg",
        ".dll", ".dmg", ".docb", ".docm", ".dotm", ".dqy", ".drv", ".dylib", ".ear", ".efi", ".elf", ".ex", ".ex_", ".exe", ".fileloc", ".fish", ".flatpak",
        ".flatpakref", ".fxp", ".gadget", ".grp", ".hlp", ".hpj", ".hta", ".htc", ".ica", ".img", ".inetloc", ".inf", ".ins", ".ipa", ".iqy", ".iso", ".isp",
        ".its", ".jar", ".jnlp", ".job", ".js", ".jse", ".jsp", ".jspf", ".jspx", ".ko", ".ksh", ".library-ms", ".lnk", ".lz", ".lzh", ".mad", ".maf", ".mam",
        ".maq", ".mas", ".mau", ".mav", ".mcf", ".mda", ".mdb", ".mde", ".mdt", ".mdw", ".mdz", ".mjs", ".mobileconfig", ".mobileprovision", ".mpkg", ".msc",
        ".msh", ".msh1", ".msh1xml", ".msh2", ".msh2xml", ".mshxml", ".msi", ".msix", ".msixbundle", ".msp", ".mst", ".msu", ".nsh", ".ocx", ".odc", ".one",
        ".onepkg", ".ops", ".oqy", ".osax", ".osd", ".oxt", ".phar", ".php", ".php3", ".php4", ".php5", ".php7", ".php8", ".phps", ".pht", ".phtml", ".pickle", ".pif",
        ".pkg", ".pkl", ".pl", ".plg", ".pm", ".potm", ".ppa", ".ppam", ".ppkg", ".ppsm", ".pptm", ".prf", ".prg", ".printerexport", ".ps1", ".ps1xml", ".ps2",
        ".ps2xml", ".psc1", ".psc2", ".psd1", ".psdm1", ".psm1", ".py", ".pyc", ".pyo", ".pyw", ".pyz", ".pyzw", ".rb", ".rdp", ".reg", ".rpm", ".rqy",
        ".run", ".scf", ".scpt", ".scptd", ".scr", ".sct", ".search-ms", ".searchconnector-ms", ".settingcontent-ms", ".sh", ".shb", ".shs", ".shtm",
        ".shtml", ".slk", ".snap", ".so", ".sparseimage", ".stm", ".swf", ".sys", ".terminal", ".theme", ".themepack", ".tlb", ".toast", ".tool", ".udl",
        ".url", ".vb", ".vbe", ".vbp", ".vbs", ".vbscript", ".vhd", ".vhdx", ".vsix", ".vsmacros", ".vsto", ".vsw", ".vxd", ".war", ".webloc", ".webpnp",
        ".website", ".wim", ".wiz", ".workflow", ".ws", ".wsb", ".wsc", ".wsf", ".wsh", ".xapk", ".xbap", ".xla", ".xlam", ".xll", ".xlm", ".xlsm", ".xltm",
        ".xnk", ".xpi", ".zsh",
    };

    /// <summary>On macOS a program is a folder with files in it.</summary>
    private static readonly HashSet<string> FolderExtensions = new(StringComparer.OrdinalIgnoreCase)
    {
        ".action", ".app", ".appex", ".bundle", ".kext", ".mdimporter", ".mpkg", ".osax", ".pkg", ".plugin", ".prefPane", ".qlgenerator", ".safariextension", ".saver", ".scptd",
        ".sparsebundle", ".wdgt", ".workflow", ".xpc",
    };

    private static readonly HashSet<string>.AlternateLookup<ReadOnlySpan<char>> ByExtension = Extensions.GetAlternateLookup<ReadOnlySpan<char>>();
    private static readonly HashSet<string>.AlternateLookup<ReadOnlySpan<char>> ByFolder = FolderExtensions.GetAlternateLookup<ReadOnlySpan<char>>();

    /// <param name="name">As it is shown.</param>
    public static bool IsOne(ReadOnlySpan<char> name)
    {
        for (var slash = name.IndexOf('/'); slash >= 0; slash = name.IndexOf('/'))
        {
            if (ByFolder.Contains(Path.GetExtension(name[..slash])))
                return true;
            name = name[(slash + 1)..];
        }

        // Windows takes what is behind a colon for a stream of the file before it.
        foreach (var file in name.Split(':'))
        {
            if (IsOneOf(name[file]))
                return true;
        }

        return false;
    }

    /// <summary>Windows drops blanks and dots at a name's end.</summary>
    private static bool IsOneOf(ReadOnlySpan<char> name)
    {
        var whole = name.TrimEnd(" .");
        return ByExtension.Contains(Path.GetExtension(whole)) || whole.Equals(FolderSettings, StringComparison.OrdinalIgnoreCase);
    }
}
