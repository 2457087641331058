using System.Buffers.Text;
using System.Text;
using Gatehouse.Inspection.Text;

namespace Gatehouse.Inspection.Metadata;

/// <summary>ImageMagick's "Raw profile type x" texts in PNG: a line with the name, one with the length, then the profile in hexadecimal digits.</summary>
internal static class RawProfile
{
    private static ReadOnlySpan<byte> KeywordStart => "Raw profile type "u8;

    /// <summary>Read in either case.</summary>
    public static bool IsKeyword(ReadOnlySpan<byte> keyword) => Spelling.StartsWith(keyword, KeywordStart);

    /// <summary>
    /// The profile inside, written into <paramref name="into"/>, which is half as long as the text; -1: it is not written as the two programs write it that made this up (a line
    /// end, a name, a length, small digits of so many bytes), and each reader would see another one.
    /// </summary>
    public static int Read(ReadOnlySpan<byte> text, Span<byte> into)
    {
        var declared = AfterName(text);
        var lineEnd = declared.IndexOf((byte)'\n');
        if (lineEnd < 0 || !Utf8Parser.TryParse(declared[..lineEnd], out uint length, out var read) || read != lineEnd)
            return -1;
        var decoded = Decode(declared[(lineEnd + 1)..], into);
        return decoded == length ? decoded : -1;
    }

    /// <summary>What it is follows from the keyword.</summary>
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

    /// <summary>From the length on, before which blanks stand.</summary>
    private static ReadOnlySpan<byte> AfterName(ReadOnlySpan<byte> text)
    {
        var nameEnd = text.StartsWith("\n"u8) ? text[1..].IndexOf((byte)'\n') : -1;
        return nameEnd < 0 ? [] : text[(nameEnd + 2)..].TrimStart((byte)' ');
    }

    /// <summary>Line ends, blanks and zeros may stand between bytes; -1: something else does.</summary>
    private static int Decode(ReadOnlySpan<byte> digits, Span<byte> into)
    {
        var (length, high) = (0, -1);
        foreach (var digit in digits)
        {
            if (digit is (byte)'\n' or (byte)'\r' or (byte)' ' or 0)
                continue;
            if (!char.IsAsciiHexDigitLower((char)digit))
                return -1;
            var value = digit <= '9' ? digit - '0' : digit - 'a' + 10;
            if (high < 0)
            {
                high = value;
                continue;
            }

            into[length++] = (byte)((high << 4) | value);
            high = -1;
        }

        return high < 0 ? length : -1;
    }
}
