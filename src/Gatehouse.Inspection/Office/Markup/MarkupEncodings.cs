using System.Text;

namespace Gatehouse.Inspection.Office.Markup;

/// <summary>How a part is written: by its mark, its first bytes, and its declaration (XML 1.0, 4.3.3 and appendix F).</summary>
internal static class MarkupEncodings
{
    public const int LongestMark = 4;

    public static readonly Encoding Utf8 = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    private static readonly UnicodeEncoding Little = new(bigEndian: false, byteOrderMark: false, throwOnInvalidBytes: true);
    private static readonly UnicodeEncoding Big = new(bigEndian: true, byteOrderMark: false, throwOnInvalidBytes: true);

    /// <summary>The encoding, and how long its mark is. What is none of these is read as UTF-8, and fails.</summary>
    public static (Encoding Encoding, int Mark) Detect(ReadOnlySpan<byte> start) => start switch
    {
        [0xEF, 0xBB, 0xBF, ..] => (Utf8, 3),
        [0xFF, 0xFE, ..] => (Little, 2),
        [0xFE, 0xFF, ..] => (Big, 2),
        [(byte)'<', 0, (byte)'?', 0, ..] => (Little, 0),
        [0, (byte)'<', 0, (byte)'?', ..] => (Big, 0),
        _ => (Utf8, 0),
    };

    /// <summary>What the declaration makes of it: one that contradicts the bytes is none.</summary>
    /// <param name="name">Empty: it names none.</param>
    public static Encoding Declared(ReadOnlySpan<char> name, Encoding found, bool hasMark)
    {
        if (name.IsEmpty)
            return found;
        var isUtf16 = Is(name, "utf-16") || Is(name, "ucs-2") || Is(name, "iso-10646-ucs-2");
        if (!ReferenceEquals(found, Utf8))
            return isUtf16 || Named(name).CodePage == found.CodePage ? found : throw new MarkupException();
        if (isUtf16)
            throw new MarkupException();
        if (Is(name, "utf-8"))
            return found;
        var named = Named(name);
        return named.CodePage == found.CodePage ? found : hasMark || !named.IsSingleByte ? throw new MarkupException() : named;
    }

    private static Encoding Named(ReadOnlySpan<char> name)
    {
        try
        {
            return Encoding.GetEncoding(name.ToString(), EncoderFallback.ExceptionFallback, DecoderFallback.ExceptionFallback);
        }
        catch (Exception e) when (e is ArgumentException or NotSupportedException)
        {
            throw new MarkupException();
        }
    }

    private static bool Is(ReadOnlySpan<char> name, string other) => name.Equals(other, StringComparison.OrdinalIgnoreCase);
}
