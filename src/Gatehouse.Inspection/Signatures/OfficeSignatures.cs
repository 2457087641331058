using System.Text;
using static Gatehouse.Inspection.Signatures.Fields;

namespace Gatehouse.Inspection.Signatures;

/// <summary>Compound files ([MS-CFB]): told apart by the names in their directory, UTF-16 in entries of 128 bytes.</summary>
internal static class OfficeSignatures
{
    private static readonly NamedType Word = new("application/msword", "Word document (DOC)", "This is an old Word document (DOC). Save it as PDF and send that.");
    private static readonly NamedType Excel =
        new("application/vnd.ms-excel", "Excel workbook (XLS)", "This is an old Excel workbook (XLS). Save it as PDF and send that.");

    private static readonly NamedType PowerPoint =
        new("application/vnd.ms-powerpoint", "PowerPoint presentation (PPT)", "This is an old PowerPoint presentation (PPT). Save it as PDF and send that.");

    private static readonly NamedType Outlook =
        new("application/vnd.ms-outlook", "Outlook message (MSG)", "This is an Outlook message (MSG). Save it as PDF, or copy its words into a message.");

    private static readonly NamedType Installer =
        new("application/x-msi", "Windows installer (MSI)", "This is a Windows installer (MSI). Programs cannot be sent here.");

    private static readonly NamedType Protected = new(
        "application/x-ole-storage", "Office document", "This is an old or password-protected Office document. Save it as PDF without a password and send that.");

    public static NamedType? Match(ReadOnlySpan<byte> p)
    {
        if (!At(p, 0, [0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1]))
            return null;
        if (Has(p, "WordDocument"))
            return Word;
        if (Has(p, "Workbook") || Has(p, "Book"))
            return Excel;
        if (Has(p, "PowerPoint Document"))
            return PowerPoint;
        if (Has(p, "__nameid_version1.0") || Has(p, "__properties_version1.0"))
            return Outlook;
        return IsInstaller(p) ? Installer : Protected;
    }

    private static bool Has(ReadOnlySpan<byte> p, string name)
    {
        Span<byte> encoded = stackalloc byte[64];
        var length = Encoding.Unicode.GetBytes(name, encoded);
        var from = 512;
        while (from < p.Length && p[from..].IndexOf(encoded[..length]) is var found and >= 0)
        {
            from += found;
            // Entries are aligned to 128 bytes, and state their name's length with its final NUL.
            if (from % 128 == 0 && U16(p, from + 64) == length + 2)
                return true;
            from++;
        }

        return false;
    }

    /// <summary>Root CLSID 000C1084-0000-0000-C000-000000000046.</summary>
    private static bool IsInstaller(ReadOnlySpan<byte> p) => p.IndexOf((ReadOnlySpan<byte>)[0x84, 0x10, 0x0C, 0, 0, 0, 0, 0, 0xC0, 0, 0, 0, 0, 0, 0, 0x46]) >= 0;
}
