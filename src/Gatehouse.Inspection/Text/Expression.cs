using System.Collections.Frozen;
using System.Text;

namespace Gatehouse.Inspection.Text;

/// <summary>
/// Whether words are put together as an expression is: with operators, commas and brackets between them. In prose words stand side by side, which only
/// keywords do in JavaScript and Python.
/// </summary>
internal static class Expression
{
    private const int LongestKeyword = 10;

    private static readonly FrozenSet<string> Keywords = FrozenSet.ToFrozenSet(
    [
        "and", "as", "async", "await", "delete", "else", "for", "from", "function", "if", "in", "instanceof", "is", "lambda", "new", "not", "of", "or", "return",
        "typeof", "void", "yield",
    ], StringComparer.Ordinal);

    private static readonly FrozenSet<string>.AlternateLookup<ReadOnlySpan<char>> Lookup = Keywords.GetAlternateLookup<ReadOnlySpan<char>>();

    public static bool IsOne(ReadOnlySpan<byte> text)
    {
        // The word just read, if nothing but white space stands behind it, and it is no keyword.
        var afterWord = false;
        for (var at = 0; at < text.Length;)
        {
            var rest = text[at..];
            var c = rest[0];
            if (c == '#' || rest.StartsWith("//"u8))
                return true;
            if (c > 0x7E || rest.StartsWith(". "u8))
                return false;
            if (c is (byte)'"' or (byte)'\'' or (byte)'`')
            {
                var length = QuotedLength(rest);
                // An apostrophe.
                if (length == 0)
                    return false;
                (at, afterWord) = (at + length, false);
            }
            else if (Spelling.IsName(c))
            {
                var length = WordLength(rest);
                var isKeyword = IsKeyword(rest[..length]);
                if (afterWord && !isKeyword)
                    return false;
                (at, afterWord) = (at + length, !isKeyword);
            }
            else
            {
                afterWord &= Spelling.IsSpace(c);
                at++;
            }
        }

        return true;
    }

    private static int WordLength(ReadOnlySpan<byte> text)
    {
        var length = 1;
        while (length < text.Length && Spelling.IsName(text[length]))
            length++;
        return length;
    }

    /// <summary>With both quotes; all of a string that goes on in the next line; 0: a single quote that none ends.</summary>
    private static int QuotedLength(ReadOnlySpan<byte> text)
    {
        for (var at = 1; at < text.Length; at++)
        {
            if (text[at] == '\\')
                at++;
            else if (text[at] == text[0])
                return at + 1;
        }

        return text[0] == '\'' ? 0 : text.Length;
    }

    private static bool IsKeyword(ReadOnlySpan<byte> word)
    {
        if (word.Length > LongestKeyword)
            return false;
        Span<char> letters = stackalloc char[LongestKeyword];
        return Encoding.Latin1.TryGetChars(word, letters, out var length) && Lookup.Contains(letters[..length]);
    }
}
