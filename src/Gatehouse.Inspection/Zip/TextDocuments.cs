using System.Text;

namespace Gatehouse.Inspection.Zip;

/// <summary>
/// Office documents that are written as text, in which programs and other files can hide as well as in the old binary ones. What makes one may stand
/// behind any number of blanks and comments, so a text that could be one is read to its end.
/// </summary>
internal static class TextDocuments
{
    private const int Piece = 16 * 1024;

    /// <summary>And byte order marks, and what UTF-16 has beside them.</summary>
    private static ReadOnlySpan<byte> Blanks => [0, 0xEF, 0xBB, 0xBF, 0xFE, 0xFF, (byte)' ', (byte)'\t', (byte)'\r', (byte)'\n'];

    private static readonly HashSet<string> OfficeExtensions =
        new(StringComparer.OrdinalIgnoreCase) { ".doc", ".docx", ".dot", ".rtf", ".xls", ".xlsx", ".xlt", ".ppt", ".pptx", ".pps" };

    /// <summary>An RTF's objects begin so: \object, \objdata, \objautlink, \objupdate.</summary>
    private static readonly byte[][] RtfObject = ["\\obj"u8.ToArray()];

    /// <summary>A saved web page (MHT), which Office opens with its macros under the name of a document.</summary>
    private static readonly byte[][] Mime = ["mime-version:"u8.ToArray()];

    /// <summary>Namespaces of a whole package in one XML file (Flat OPC), and of Word's XML of 2003.</summary>
    private static readonly byte[][] WordMarkup = [.. Namespace("office/2006/xmlpackage"), .. Namespace("office/word/2003/wordml")];

    /// <summary>An entity could stand for a namespace.</summary>
    private static readonly byte[][] NamedMarkup = [.. WordMarkup, .. Mime, "<!entity"u8.ToArray()];

    /// <param name="rest">What follows the head.</param>
    public static bool MayAct(string name, ReadOnlySpan<byte> head, Stream rest)
    {
        var words = WordsFor(OfficeExtensions.Contains(Path.GetExtension(name.TrimEnd(' ', '.'))), head);
        if (words.Length == 0)
            return false;
        using var search = new NarrowSearch(words);
        if (search.Finds(head))
            return true;
        using var piece = new PooledSpan<byte>(Piece);
        while (rest.Read(piece.Span) is var read and > 0)
        {
            if (search.Finds(piece.Span[..read]))
                return true;
        }

        return false;
    }

    /// <summary>Of what there is nothing but blanks to see, anything may follow.</summary>
    private static byte[][] WordsFor(bool isNamedOffice, ReadOnlySpan<byte> head)
    {
        var begin = head.TrimStart(Blanks);
        if (begin.StartsWith("{\\rt"u8))
            return RtfObject;
        if (begin.IsEmpty || begin[0] == '<')
            return isNamedOffice ? NamedMarkup : WordMarkup;
        return isNamedOffice ? Mime : [];
    }

    /// <summary>In quotation marks of either kind: prose may mention it.</summary>
    private static byte[][] Namespace(string path) =>
        [Encoding.ASCII.GetBytes($"\"http://schemas.microsoft.com/{path}"), Encoding.ASCII.GetBytes($"'http://schemas.microsoft.com/{path}")];
}
