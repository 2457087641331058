using System.Buffers.Text;
using System.Text;
using Gatehouse.Inspection.Text;

namespace Gatehouse.Inspection.Metadata;

/// <summary>
/// ImageMagick's "Raw profile type x" texts in PNG: a line with the name, one with the length, then the profile in hexadecimal digits. Readers differ in what they step over, so that
/// nothing but that is taken.
/// </summary>
internal static class RawProfile
{
    private static ReadOnlySpan<byte> White => " \n"u8;

    private static ReadOnlySpan<byte> KeywordStart => "Raw profile type "u8;

    /// <summary>Read in either case.</summary>
    public static bool IsKeyword(ReadOnlySpan<byte> keyword) => Spelling.StartsWith(keyword, KeywordStart);

    /// <summary>What the profile is follows from the keyword.</summary>
    public static MetadataKind KindOf(ReadOnlySpan<byte> keyword, ReadOnlySpan<byte> profile)
    {
        var name = keyword[KeywordStart.Length..];
        if (Ascii.EqualsIgnoreCase(name, "xmp"u8) || profile.StartsWith("http://ns.adobe.com/xap/"u8))
            return MetadataKind.Xmp;
        if (Ascii.EqualsIgnoreCase(name, "exif"u8) || Ascii.EqualsIgnoreCase(name, "APP1"u8))
            return MetadataKind.Exif;
        if (Ascii.EqualsIgnoreCase(name, "iptc"u8) || Ascii.EqualsIgnoreCase(name, "8bim"u8))
            return profile.StartsWith("8BIM"u8) ? MetadataKind.Photoshop : MetadataKind.Iptc;
        return Ascii.EqualsIgnoreCase(name, "icc"u8) || Ascii.EqualsIgnoreCase(name, "icm"u8) ? MetadataKind.Icc : MetadataKind.Text;
    }

    /// <summary>The profile's length; -1: the text is not written so.</summary>
    /// <param name="into">Half as long as the text.</param>
    public static int Decode(ReadOnlySpan<byte> text, Span<byte> into)
    {
        if (text.StartsWith("\n"u8))
            text = text[1..];
        var lineEnd = text.IndexOf((byte)'\n');
        if (lineEnd < 0)
            return -1;
        var rest = text[lineEnd..].TrimStart(White);
        if (!Utf8Parser.TryParse(rest, out uint length, out var digits) || digits == rest.Length || !White.Contains(rest[digits]))
            return -1;
        var decoded = DecodeDigits(rest[digits..], into);
        return decoded == length ? decoded : -1;
    }

    /// <summary>Capitals are digits to some readers and nothing to others: they may not stand among small ones.</summary>
    private static int DecodeDigits(ReadOnlySpan<byte> digits, Span<byte> into)
    {
        var (count, hasSmall, hasCapital) = (0, false, false);
        foreach (var digit in digits)
        {
            if (White.Contains(digit))
                continue;
            if (!char.IsAsciiHexDigit((char)digit))
                return -1;
            hasSmall |= digit >= 'a';
            hasCapital |= digit is >= (byte)'A' and <= (byte)'F';
            var value = digit <= '9' ? digit - '0' : (digit | 0x20) - 'a' + 10;
            into[count / 2] = (byte)((into[count / 2] << 4) | value);
            count++;
        }

        return count % 2 == 0 && !(hasSmall && hasCapital) ? count / 2 : -1;
    }
}
