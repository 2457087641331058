using System.Text;

namespace Gatehouse.Inspection.Text;

/// <summary>ASCII words, whatever their case.</summary>
internal static class Spelling
{
    public static bool StartsWith(ReadOnlySpan<byte> text, ReadOnlySpan<byte> word) =>
        text.Length >= word.Length && Ascii.EqualsIgnoreCase(text[..word.Length], word);

    public static bool Is(ReadOnlySpan<byte> text, ReadOnlySpan<byte> word) => Ascii.EqualsIgnoreCase(text, word);

    public static int IndexOf(ReadOnlySpan<byte> text, ReadOnlySpan<byte> word)
    {
        var (lower, upper) = ((byte)(word[0] | 0x20), (byte)(word[0] & ~0x20));
        for (var at = 0; text[at..].IndexOfAny(word[0], lower, upper) is var found and >= 0; at++)
        {
            at += found;
            if (StartsWith(text[at..], word))
                return at;
        }

        return -1;
    }

    /// <summary>The word, and then what ends a tag's name.</summary>
    public static bool IsTag(ReadOnlySpan<byte> text, ReadOnlySpan<byte> name) =>
        StartsWith(text, name) && text.Length > name.Length && (IsSpace(text[name.Length]) || text[name.Length] is (byte)'>' or (byte)'/');

    public static bool IsSpace(byte c) => c is (byte)' ' or (byte)'\t' or (byte)'\n' or (byte)'\r' or (byte)'\f';

    public static bool IsName(byte c) => char.IsAsciiLetterOrDigit((char)c) || c is (byte)'_' or (byte)'$';
}
