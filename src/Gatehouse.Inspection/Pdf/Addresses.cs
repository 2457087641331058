using System.Text;

namespace Gatehouse.Inspection.Pdf;

/// <summary>Where a link or a file specification leads.</summary>
internal static class Addresses
{
    /// <summary>http, https, mailto, tel, or no scheme at all.</summary>
    public static bool IsHonestLink(byte[] address)
    {
        var text = Text(address);
        return Scheme(text) is null or "http" or "https" or "mailto" or "tel" && !IsUnc(text);
    }

    /// <summary>A share on another machine, or a URL.</summary>
    public static bool IsRemote(byte[] target)
    {
        var text = Text(target);
        // A single letter is a drive.
        return IsUnc(text) || Scheme(text) is { Length: > 1 };
    }

    /// <summary>The same of a file specification, in which a slash, a server and a slash begin a share too (ISO 32000-1, 7.11.2.2); a single letter is a drive.</summary>
    public static bool IsRemoteFile(byte[] target) => IsRemote(target) || (Text(target) is ['/', not '/', not '/', ..] text && text.AsSpan(1).Contains('/'));

    /// <summary>A file's name that ends in .xml; one with control characters in it no two programs save alike.</summary>
    public static bool IsXmlName(byte[] name) =>
        Decode(name) is var text && text.EndsWith(".xml", StringComparison.OrdinalIgnoreCase) && !text.Any(char.IsControl);

    /// <summary>A text string without what browsers skip in a URL.</summary>
    private static string Text(byte[] bytes) => string.Concat(Decode(bytes).Where(c => c > ' ' && c != '\u00A0'));

    /// <summary>A text string (7.9.2.2; ISO 32000-2, 7.9.2.2.1).</summary>
    private static string Decode(byte[] bytes) => bytes switch
    {
        [0xFE, 0xFF, ..] => Encoding.BigEndianUnicode.GetString(bytes, 2, bytes.Length - 2),
        [0xFF, 0xFE, ..] => Encoding.Unicode.GetString(bytes, 2, bytes.Length - 2),
        [0xEF, 0xBB, 0xBF, ..] => Encoding.UTF8.GetString(bytes, 3, bytes.Length - 3),
        _ => Encoding.Latin1.GetString(bytes),
    };

    /// <summary>Windows takes either slash for the other, and "\??\" for its own name of all there is.</summary>
    private static bool IsUnc(string text) => text is ['/' or '\\', '/' or '\\', ..] or ['\\', '?', '?', ..];

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
}
