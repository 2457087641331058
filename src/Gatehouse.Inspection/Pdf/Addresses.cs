using System.Text;

namespace Gatehouse.Inspection.Pdf;

/// <summary>Where a link or a file specification leads.</summary>
internal static class Addresses
{
    /// <summary>http, https, mailto, tel, or no scheme at all.</summary>
    public static bool IsHonestLink(byte[] address)
    {
        var text = Text(address);
        var scheme = Scheme(text);
        return scheme is null or "http" or "https" or "mailto" or "tel" && !IsUnc(text);
    }

    /// <summary>A share on another machine, or a URL.</summary>
    public static bool IsRemote(byte[] target)
    {
        var text = Text(target);
        // A single letter is a drive.
        return IsUnc(text) || Scheme(text) is { Length: > 1 };
    }

    private static bool IsUnc(string text) => text.StartsWith(@"\\", StringComparison.Ordinal) || text.StartsWith("//", StringComparison.Ordinal);

    private static string? Scheme(string text)
    {
        var colon = text.IndexOf(':', StringComparison.Ordinal);
        if (colon <= 0 || !char.IsAsciiLetter(text[0]))
            return null;
        foreach (var c in text.AsSpan(0, colon))
        {
            if (!char.IsAsciiLetterOrDigit(c) && c is not ('+' or '-' or '.'))
                return null;
        }

        // "example.org:8080/path" names a port.
        var isPort = text.AsSpan(0, colon).Contains('.') && colon + 1 < text.Length && char.IsAsciiDigit(text[colon + 1]);
        return isPort ? null : text[..colon].ToLowerInvariant();
    }

    /// <summary>PDFDocEncoding or UTF-16 with its mark (7.9.2.2), without what browsers skip in a URL.</summary>
    private static string Text(byte[] bytes)
    {
        var text = bytes is [0xFE, 0xFF, ..] ? Encoding.BigEndianUnicode.GetString(bytes, 2, bytes.Length - 2) : Encoding.Latin1.GetString(bytes);
        return string.Concat(text.Where(c => c > ' ' && c != '\u00A0'));
    }
}
