using System.Buffers;
using System.Xml;

namespace Gatehouse.Inspection.Office.Markup;

/// <summary>Names and references (XML 1.0, 2.3 and 4.1).</summary>
internal static class MarkupCharacters
{
    private const int LargestCharacter = 0x10FFFF;

    /// <summary>Nobody writes more zeros before a number.</summary>
    private const int LongestReference = 64;

    private static readonly SearchValues<char> PlainName = SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._");

    public static bool IsBlank(char c) => c is ' ' or '\t' or '\n' or '\r';

    public static int SkipBlanks(MarkupSource source, int at)
    {
        while (IsBlank(source[at]))
            at++;
        return at;
    }

    /// <summary>Where a name without a colon ends that begins at a place; the same place: there is none.</summary>
    public static int NameEnd(MarkupSource source, int at)
    {
        if (!XmlConvert.IsStartNCNameChar(source[at]))
            return at;
        for (at++; ; at++)
        {
            var plain = at < source.Text.Length ? source.Text[at..].IndexOfAnyExcept(PlainName) : 0;
            at = plain < 0 ? source.Text.Length : at + plain;
            if (!XmlConvert.IsNCNameChar(source[at]))
                return at;
        }
    }

    /// <summary>Where a name ends that may have a prefix.</summary>
    /// <param name="prefix">The prefix's length; 0: there is none.</param>
    public static int QualifiedEnd(MarkupSource source, int at, out int prefix)
    {
        var end = NameEnd(source, at);
        prefix = end > at && source[end] == ':' ? end - at : 0;
        var name = prefix > 0 ? end + 1 : at;
        if (prefix > 0)
            end = NameEnd(source, name);
        return end > name && source[end] != ':' ? end : throw new MarkupException();
    }

    /// <summary>Adds what a reference stands for, and returns where it ends.</summary>
    public static int ReadReference(MarkupSource source, int at, PooledChars into)
    {
        var end = at + 1;
        while (source[end] != ';')
        {
            if (source[end] == '\0' || ++end - at > LongestReference)
                throw new MarkupException();
        }

        Span<char> characters = stackalloc char[2];
        into.Add(Referred(source.Text[(at + 1)..end], characters));
        return end + 1;
    }

    /// <summary>What a reference stands for, behind its ampersand and up to its semicolon.</summary>
    /// <param name="into">Two characters.</param>
    private static ReadOnlySpan<char> Referred(ReadOnlySpan<char> name, Span<char> into)
    {
        var value = name switch
        {
            "amp" => '&',
            "lt" => '<',
            "gt" => '>',
            "quot" => '"',
            "apos" => '\'',
            ['#', 'x', .. var digits] => Number(digits, 16),
            ['#', .. var digits] => Number(digits, 10),
            _ => 0,
        };
        if (value > char.MaxValue)
        {
            (into[0], into[1]) = ((char)(0xD800 + ((value - 0x10000) >> 10)), (char)(0xDC00 + ((value - 0x10000) & 0x3FF)));
            return into[..2];
        }

        into[0] = (char)value;
        return XmlConvert.IsXmlChar(into[0]) ? into[..1] : throw new MarkupException();
    }

    private static int Number(ReadOnlySpan<char> digits, int radix)
    {
        var value = 0;
        foreach (var digit in digits)
        {
            if (!(radix == 16 ? char.IsAsciiHexDigit(digit) : char.IsAsciiDigit(digit)) || value > LargestCharacter)
                throw new MarkupException();
            value = (value * radix) + (digit <= '9' ? digit - '0' : (digit | 0x20) - 'a' + 10);
        }

        return value <= LargestCharacter ? value : throw new MarkupException();
    }
}
