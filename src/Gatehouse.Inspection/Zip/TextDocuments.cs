using System.Text;

namespace Gatehouse.Inspection.Zip;

/// <summary>Office documents that are written as text, in which programs and other files can hide as well as in the old binary ones.</summary>
internal static class TextDocuments
{
    private static readonly HashSet<string> OfficeExtensions =
        new(StringComparer.OrdinalIgnoreCase) { ".doc", ".docx", ".dot", ".rtf", ".xls", ".xlsx", ".xlt", ".ppt", ".pptx", ".pps" };

    /// <summary>An RTF's objects begin so: \object, \objdata, \objautlink, \objupdate.</summary>
    private static ReadOnlySpan<byte> RtfObject => "\\obj"u8;

    /// <param name="rest">What follows the head: read to its end where that tells.</param>
    public static bool MayAct(string name, ReadOnlySpan<byte> head, Stream rest)
    {
        if (head.StartsWith("{\\rt"u8))
            return head.IndexOf(RtfObject) >= 0 || HoldsObject(head[^Math.Min(head.Length, RtfObject.Length)..], rest);
        return IsWordMarkup(head) || (OfficeExtensions.Contains(Path.GetExtension(name)) && IsMime(head));
    }

    private static bool HoldsObject(ReadOnlySpan<byte> before, Stream rest)
    {
        using var window = new PooledSpan(16 * 1024);
        before.CopyTo(window.Span);
        var kept = before.Length;
        while (rest.Read(window.Span[kept..]) is var read and > 0)
        {
            var bytes = window.Span[..(kept + read)];
            if (bytes.IndexOf(RtfObject) >= 0)
                return true;
            kept = Math.Min(bytes.Length, RtfObject.Length);
            bytes[^kept..].CopyTo(window.Span);
        }

        return false;
    }

    /// <summary>A whole package in one XML file (Flat OPC), and Word's XML of 2003: in UTF-8, or in UTF-16 of either order.</summary>
    private static bool IsWordMarkup(ReadOnlySpan<byte> head)
    {
        using var narrow = new PooledSpan(head.Length);
        var length = 0;
        foreach (var value in head)
        {
            if (value is > 0 and < 128)
                narrow.Span[length++] = value;
        }

        var text = narrow.Span[..length];
        return text.TrimStart(" \t\r\n"u8).StartsWith("<"u8)
            && (text.IndexOf("schemas.microsoft.com/office/2006/xmlPackage"u8) >= 0 || text.IndexOf("schemas.microsoft.com/office/word/2003/wordml"u8) >= 0);
    }

    /// <summary>A saved web page (MHT), which Office opens with its macros under the name of a document.</summary>
    private static bool IsMime(ReadOnlySpan<byte> head)
    {
        head = head.TrimStart(" \t\r\n\uFEFF"u8);
        return head.Length > 12 && Ascii.EqualsIgnoreCase(head[..13], "MIME-Version:"u8);
    }
}
