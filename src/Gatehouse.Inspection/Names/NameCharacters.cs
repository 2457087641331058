using System.Globalization;
using System.Text;

namespace Gatehouse.Inspection.Names;

/// <summary>Which characters leave a name, and which are replaced in it.</summary>
internal static class NameCharacters
{
    /// <summary>What Windows forbids, and what looks like a path separator: fraction, division and big slash, full-width slash and backslash.</summary>
    private const string Replaced = "<>:\"|?*/\\\u2044\u2215\u29F5\uFF0F\uFF3C";

    public static string Replace(string name)
    {
        var cleaned = new StringBuilder(name.Length);
        foreach (var rune in name.EnumerateRunes())
        {
            if (IsRemoved(rune))
                continue;
            if (rune.IsBmp && Replaced.Contains((char)rune.Value, StringComparison.Ordinal))
                cleaned.Append('_');
            else
                cleaned.Append(rune.ToString());
        }

        return cleaned.ToString();
    }

    /// <summary>
    /// Controls, the format characters that turn or hide text (all bidi controls, zero-width characters, tags), and line separators. The zero-width
    /// joiner goes too: a family emoji falls into its members, and no name can hide a letter.
    /// </summary>
    private static bool IsRemoved(Rune rune) => Rune.GetUnicodeCategory(rune) is
        UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator
        || rune.Value is 0x115F or 0x1160 or 0x3164 or 0xFFA0;
}
