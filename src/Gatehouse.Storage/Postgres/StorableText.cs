using System.Text;

namespace Gatehouse.Storage.Postgres;

/// <summary>
/// PostgreSQL keeps no NUL and no half of a surrogate pair in a text. A name or an answer that has one must not make its upload one that can never be saved: it is kept with U+FFFD in its place.
/// </summary>
internal static class StorableText
{
    private const char Nul = '\0';

    public static string Of(string text)
    {
        if (!text.Contains(Nul, StringComparison.Ordinal) && !text.AsSpan().ContainsAnyInRange('\uD800', '\uDFFF')) return text;
        var storable = new StringBuilder(text.Length);
        foreach (var rune in text.EnumerateRunes()) storable.Append((rune.Value == Nul ? Rune.ReplacementChar : rune).ToString());
        return storable.ToString();
    }
}
