using Gatehouse.Inspection.Signatures;
using Gatehouse.Inspection.Text;

namespace Gatehouse.Inspection.Office;

/// <summary>
/// A document among the parts: a PDF, RTF or a web page, or an old Office file that does not begin with the part. What has the beginning of a picture, a
/// sound or a film is one, and is shown as one.
/// </summary>
internal static class HiddenDocuments
{
    /// <summary>Readers accept a PDF's header within the first 1,024 bytes (ISO 32000-1, annex H.3, note 13).</summary>
    private const int PdfHeaderWindow = 1024;

    private static ReadOnlySpan<byte> Compound => [0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1];

    private static ReadOnlySpan<byte> Blanks => [0, 0xEF, 0xBB, 0xBF, 0xFE, 0xFF, (byte)' ', (byte)'\t', (byte)'\r', (byte)'\n'];

    public static bool IsIn(ReadOnlySpan<byte> head)
    {
        if (head.IsEmpty || IsMedium(head))
            return false;
        var begin = head.TrimStart(Blanks);
        return begin.StartsWith("{\\rt"u8) || begin.StartsWith("MIME-Version:"u8) || IsPage(begin) || head.IndexOf(Compound) >= 0
            || head[..Math.Min(head.Length, PdfHeaderWindow)].IndexOf("%PDF-"u8) >= 0;
    }

    private static bool IsPage(ReadOnlySpan<byte> begin) => Spelling.StartsWith(begin, "<!doctype html"u8) || Spelling.StartsWith(begin, "<html"u8) || Spelling.StartsWith(begin, "<script"u8);

    private static bool IsMedium(ReadOnlySpan<byte> head) =>
        head.StartsWith((ReadOnlySpan<byte>)[0x89, .. "PNG\r\n"u8]) || head.StartsWith((ReadOnlySpan<byte>)[0xFF, 0xD8, 0xFF]) || ImageSignatures.Match(head) is not null || MediaSignatures.Match(head) is not null;
}
