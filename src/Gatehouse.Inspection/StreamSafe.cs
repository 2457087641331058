using System.Globalization;
using System.Text;

namespace Gatehouse.Inspection;

/// <summary>
/// Text as it may be normalised: putting marks behind a letter in order takes time by the square of their number. No language has more than some ten of
/// them; those behind the thirtieth are dropped (Unicode Standard Annex 15, 13).
/// </summary>
internal static class StreamSafe
{
    private const int MostMarks = 30;

    /// <summary>The normal form of a text, in pooled memory.</summary>
    /// <param name="text">Is changed. It has no half characters, and none of the two that are no characters.</param>
    public static PooledSpan<char> Normalize(Span<char> text, NormalizationForm form, out int length)
    {
        ReadOnlySpan<char> safe = text[..Keep(text)];
        var room = new PooledSpan<char>(safe.GetNormalizedLength(form));
        safe.TryNormalize(room.Span, out length, form);
        return room;
    }

    /// <summary>How much of a text is left, which is moved together.</summary>
    public static int Keep(Span<char> text)
    {
        if (Ascii.IsValid(text))
            return text.Length;
        var (kept, marks) = (0, 0);
        for (var at = 0; at < text.Length;)
        {
            Rune.DecodeFromUtf16(text[at..], out var rune, out var length);
            marks = IsMark(rune) ? marks + 1 : 0;
            if (marks <= MostMarks)
            {
                text.Slice(at, length).CopyTo(text[kept..]);
                kept += length;
            }

            at += length;
        }

        return kept;
    }

    /// <summary>The two halfwidth ones of Katakana are letters by their category, and become marks.</summary>
    private static bool IsMark(Rune rune) =>
        rune.Value is 0xFF9E or 0xFF9F
        || Rune.GetUnicodeCategory(rune) is UnicodeCategory.NonSpacingMark or UnicodeCategory.SpacingCombiningMark or UnicodeCategory.EnclosingMark;
}
