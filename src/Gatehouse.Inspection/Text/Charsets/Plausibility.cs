using System.Globalization;

namespace Gatehouse.Inspection.Text.Charsets;

/// <summary>How odd a sample looks when read in a charset: the mean cost of its characters beyond ASCII. Honest text is below 1, a wrong reading well above.</summary>
internal static class Plausibility
{
    /// <summary>
    /// Above it nobody wrote the text. A short Latin note with one unusual letter stays below 3.2; the other alphabets are letters throughout (honest ones
    /// measure 0.1, Urdu in windows-1256 0.7), and 600 random bytes in the most tolerant charset, which is that one, are at 1.7 and more.
    /// </summary>
    public static double LimitOf(Script script) => script is Script.Cyrillic or Script.Greek or Script.Hebrew or Script.Arabic ? 1.5 : 3.2;

    private const double Impossible = 1000;

    public static double CostOf(Candidate candidate, ReadOnlySpan<byte> sample)
    {
        var text = candidate.Encoding.GetString(sample);
        if (text.AsSpan().IndexOfAny(Candidate.NoText) >= 0)
            return Impossible;
        double cost = 0;
        var counted = 0;
        var kana = 0;
        for (var i = 0; i < text.Length; i++)
        {
            var c = text[i];
            if (c < 0x80)
                continue;
            counted++;
            var before = i > 0 ? text[i - 1] : ' ';
            var after = i + 1 < text.Length ? text[i + 1] : ' ';
            kana += c is >= '\u3041' and <= '\u30FF' ? 1 : 0;
            cost += Own(candidate, c) + Neighbours(candidate.Script, before, c, after);
        }

        if (counted == 0)
            return Impossible;
        // Japanese is hardly ever written without kana.
        return (cost / counted) + (candidate.Script == Script.Japanese && kana * 10 < counted ? 1.2 : 0);
    }

    private static double Own(Candidate candidate, char c)
    {
        if (candidate.Common.Contains(c))
            return 0;
        return candidate.Script switch
        {
            Script.Latin => c == '\u00A0' ? 0.3 : char.IsLetter(c) ? 1.5 : 3,
            Script.Cyrillic => c is >= '\u0410' and <= '\u044F' ? CyrillicCost(c) : NoLetter(c),
            Script.Greek => c is >= '\u0386' and <= '\u03CE' ? 0.1 : NoLetter(c),
            Script.Hebrew => c is >= '\u05D0' and <= '\u05EA' ? 0 : c is >= '\u05B0' and < '\u05D0' ? 0.3 : NoLetter(c),
            Script.Arabic => c is >= '\u0621' and <= '\u0652' ? 0.1 : NoLetter(c),
            Script.Japanese => JapaneseCost(c),
            Script.Korean => CommonHangul.Contains(c) || AsianMark(c) ? 0.2 : 3,
            _ => c is >= '\u4E00' and <= '\u9FFF' ? 1 : AsianMark(c) ? 0.2 : 4,
        };
    }

    private static double NoLetter(char c) => c == '\u00A0' ? 0.3 : 3;

    /// <summary>The commonest letters make the difference between charsets that only permute the alphabet; capitals are the exception in prose.</summary>
    private static double CyrillicCost(char c) =>
        "оеаинтсрвлкмдпуяыьгзбчйхжю".Contains(c, StringComparison.Ordinal) ? 0.05 : char.IsUpper(c) ? 0.6 : 0.3;

    private static double JapaneseCost(char c) => c switch
    {
        >= '\u3041' and <= '\u30FF' => 0,
        >= '\uFF61' and <= '\uFF9F' => 2.5,
        >= '\u4E00' and <= '\u9FFF' => 0.8,
        _ => AsianMark(c) ? 0.2 : 4,
    };

    private static bool AsianMark(char c) => c is (>= '\u3000' and <= '\u3020') or (>= '\uFF01' and <= '\uFF5E') or '\u2026' or '\u2014' or '\u00B7' or (>= '\u2018' and <= '\u201D');

    /// <summary>What a word does not do: change its case midway, mix scripts, or hold a sign in the middle.</summary>
    private static double Neighbours(Script script, char before, char c, char after)
    {
        if (script >= Script.Japanese)
            return char.IsAsciiLetter(before) && char.IsAsciiLetter(after) ? 3 : 0;
        if (!char.IsLetter(c))
            return char.IsLetter(before) && char.IsLetter(after) && c is not ('\u2019' or '\u00B7' or '\u00A0') ? 3 : 0;
        double cost = 0;
        if (char.IsUpper(c) && char.IsLower(before))
            cost += 4;
        if (char.IsLower(c) && char.IsUpper(before) && char.IsUpper(after))
            cost += 3;
        if (script != Script.Latin && c > 0xFF && (char.IsAsciiLetter(before) || char.IsAsciiLetter(after)))
            cost += 4;
        // Final letters end words: Russian read as Hebrew has them in the middle.
        if (c is ('\u05DA' or '\u05DD' or '\u05DF' or '\u05E3' or '\u05E5') && char.IsLetter(after))
            cost += 3;
        // Latin words have accents, but are not made of them.
        if (script == Script.Latin && before > 0x7F && char.IsLetter(before))
            cost += 1;
        // Signs of other scripts that a code page also has, as Latin letters in the Arabic one.
        return char.GetUnicodeCategory(c) == UnicodeCategory.ModifierLetter ? cost + 2 : cost;
    }
}
