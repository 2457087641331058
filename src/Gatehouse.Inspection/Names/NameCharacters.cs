using System.Globalization;
using System.Text;

namespace Gatehouse.Inspection.Names;

/// <summary>Which characters leave a name, and which are replaced in it.</summary>
internal static class NameCharacters
{
    /// <summary>On one letter: no script has more, and putting more in order takes long (Unicode Standard Annex 15, "Stream-Safe Text Format").</summary>
    private const int MostMarks = 30;

    /// <summary>What Windows forbids, and what looks like a path separator: fraction, division and big slashes, box drawing, full-width slash and backslash.</summary>
    private const string Replaced = "<>:\"|?*/\\\u2044\u2215\u2216\u2571\u2572\u29F5\u29F8\u29F9\uFF0F\uFF3C";

    /// <summary>The name without what is not seen or is no character; what is left has a normal form. Unpaired surrogates become U+FFFD.</summary>
    public static string Remove(string name)
    {
        var kept = new StringBuilder(name.Length);
        var marks = 0;
        foreach (var rune in name.EnumerateRunes())
        {
            if (IsRemoved(rune))
                continue;
            marks = IsMark(rune) ? marks + 1 : 0;
            if (marks <= MostMarks)
                kept.Append(rune.ToString());
        }

        return kept.ToString();
    }

    public static string Replace(string name)
    {
        var cleaned = new StringBuilder(name.Length);
        foreach (var c in name)
            cleaned.Append(Replaced.Contains(c, StringComparison.Ordinal) ? '_' : c);
        return cleaned.ToString();
    }

    /// <summary>
    /// Controls, the format characters that turn or hide text (all bidi controls, zero-width characters, tags), line separators, variation selectors, and
    /// letters that are drawn as nothing. The zero-width joiner goes too: a family emoji falls into its members, and no name can hide a letter.
    /// </summary>
    private static bool IsRemoved(Rune rune) => Rune.GetUnicodeCategory(rune) is
        UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator
        || rune.Value is 0x034F or 0x115F or 0x1160 or 0x2800 or 0x3164 or 0xFFA0 or (>= 0xFE00 and <= 0xFE0F) or (>= 0xE0100 and <= 0xE01EF)
        || IsNoncharacter(rune);

    /// <summary>What is never a character (Unicode, 23.7), and has no normal form: U+FDD0 to U+FDEF, and the last two of every plane.</summary>
    private static bool IsNoncharacter(Rune rune) => rune.Value is >= 0xFDD0 and <= 0xFDEF || (rune.Value & 0xFFFE) == 0xFFFE;

    private static bool IsMark(Rune rune) =>
        Rune.GetUnicodeCategory(rune) is UnicodeCategory.NonSpacingMark or UnicodeCategory.SpacingCombiningMark or UnicodeCategory.EnclosingMark;
}
