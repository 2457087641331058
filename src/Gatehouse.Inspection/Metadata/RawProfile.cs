using System.Text;
using Gatehouse.Inspection.Text;

namespace Gatehouse.Inspection.Metadata;

/// <summary>ImageMagick's "Raw profile type x" texts in PNG: a line with the name, one with the length, then the profile in hexadecimal digits.</summary>
internal static class RawProfile
{
    private static ReadOnlySpan<byte> KeywordStart => "Raw profile type "u8;

    /// <summary>Read in either case.</summary>
    public static bool IsKeyword(ReadOnlySpan<byte> keyword) => Spelling.StartsWith(keyword, KeywordStart);

    /// <summary>Judges the profile inside; its own kind follows from the keyword.</summary>
    public static Verdict.Refuse? Judge(ReadOnlySpan<byte> keyword, ReadOnlySpan<byte> text, string mime, long offset)
    {
        using var room = new PooledSpan<byte>((text.Length / 2) + 1);
        var profile = room.Span[..Decode(AfterHeading(text), room.Span)];
        return MetadataJudge.Judge(KindOf(keyword[KeywordStart.Length..], profile), profile, mime, offset);
    }

    private static MetadataKind KindOf(ReadOnlySpan<byte> name, ReadOnlySpan<byte> profile)
    {
        if (Ascii.EqualsIgnoreCase(name, "xmp"u8) || profile.StartsWith("http://ns.adobe.com/xap/"u8))
            return MetadataKind.Xmp;
        if (Ascii.EqualsIgnoreCase(name, "exif"u8) || Ascii.EqualsIgnoreCase(name, "APP1"u8))
            return MetadataKind.Exif;
        if (Ascii.EqualsIgnoreCase(name, "iptc"u8) || Ascii.EqualsIgnoreCase(name, "8bim"u8))
            return profile.StartsWith("8BIM"u8) ? MetadataKind.Photoshop : MetadataKind.Iptc;
        return Ascii.EqualsIgnoreCase(name, "icc"u8) || Ascii.EqualsIgnoreCase(name, "icm"u8) ? MetadataKind.Icc : MetadataKind.Text;
    }

    /// <summary>Behind the second line's end.</summary>
    private static ReadOnlySpan<byte> AfterHeading(ReadOnlySpan<byte> text)
    {
        text = text.TrimStart((byte)'\n');
        for (var line = 0; line < 2; line++)
            text = text[(text.IndexOf((byte)'\n') + 1)..];
        return text;
    }

    private static int Decode(ReadOnlySpan<byte> digits, Span<byte> into)
    {
        var (length, high) = (0, -1);
        foreach (var digit in digits)
        {
            if (!char.IsAsciiHexDigit((char)digit))
                continue;
            var value = digit <= '9' ? digit - '0' : (digit | 0x20) - 'a' + 10;
            if (high < 0)
            {
                high = value;
                continue;
            }

            into[length++] = (byte)((high << 4) | value);
            high = -1;
        }

        return length;
    }
}
