using System.Globalization;
using System.Text;

namespace Gatehouse.Inspection.Zip;

/// <summary>
/// A name as people see it, and as a file system may write it that knows fewer characters: wide letters, dots and slashes as the usual ones, other slashes
/// as slashes, and without what is not seen.
/// </summary>
internal static class ShownName
{
    /// <summary>Fraction, division and big slash, backslash operators, and the backslash itself as wide ones become it.</summary>
    private const string Slashes = "\u2044\u2215\u29F5\u29F8\u29F9\u2216\\";

    public static string Of(string name)
    {
        if (Ascii.IsValid(name))
            return name;
        var shown = new StringBuilder(name.Length);
        using var copy = new PooledSpan<char>(name.Length);
        name.CopyTo(copy.Span);
        using var normal = StreamSafe.Normalize(copy.Span, NormalizationForm.FormKC, out var length);
        foreach (var rune in normal.Span[..length].EnumerateRunes())
        {
            if (rune.IsBmp && Slashes.Contains((char)rune.Value, StringComparison.Ordinal))
                shown.Append('/');
            else if (!IsUnseen(rune))
                shown.Append(rune.ToString());
        }

        return shown.ToString();
    }

    /// <summary>
    /// The two characters that write all that follows in the other direction, so that "exe.txt" reads "txt.exe" (Unicode Standard Annex 9, 2.2). The other
    /// ones that choose a direction stand in honest names, around a telephone number for one.
    /// </summary>
    public static bool IsTurned(ReadOnlySpan<char> name) => name.IndexOfAny('\u202D', '\u202E') >= 0;

    /// <summary>Format characters, variation selectors, and letters that are drawn as nothing.</summary>
    private static bool IsUnseen(Rune rune) =>
        Rune.GetUnicodeCategory(rune) is UnicodeCategory.Format
        || rune.Value is 0x034F or 0x115F or 0x1160 or 0x3164 or (>= 0xFE00 and <= 0xFE0F) or (>= 0xE0100 and <= 0xE01EF);
}
