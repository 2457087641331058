namespace Gatehouse.Inspection.Zip;

/// <summary>Extensions of what a double-click would run, or open with rights: Outlook's blocked attachments (Microsoft, "Blocked attachments in Outlook") that customers meet.</summary>
internal static class ProgramNames
{
    private static readonly HashSet<string> Extensions = new(StringComparer.OrdinalIgnoreCase)
    {
        ".app", ".appref-ms", ".appx", ".appxbundle", ".bat", ".chm", ".cmd", ".com", ".command", ".cpl", ".desktop", ".dll", ".exe", ".gadget", ".hta", ".img", ".inf",
        ".iqy", ".iso", ".jar", ".jnlp", ".js", ".jse", ".library-ms", ".lnk", ".msc", ".msi", ".msix", ".msp", ".mst", ".one", ".pif", ".ps1", ".psm1", ".rdp", ".reg", ".scf", ".scr",
        ".sct", ".search-ms", ".settingcontent-ms", ".sh", ".slk", ".sys", ".url", ".vb", ".vbe", ".vbs", ".vhd", ".vhdx", ".wsc", ".wsf", ".wsh", ".xll",
    };

    /// <summary>Windows drops blanks and dots at a name's end.</summary>
    public static bool IsOne(string name) => Extensions.Contains(Path.GetExtension(name.TrimEnd(' ', '.')));
}
