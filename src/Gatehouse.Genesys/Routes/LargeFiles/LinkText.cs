using System.Globalization;
using System.Text;
using Gatehouse.Actors;

namespace Gatehouse.Genesys.Routes;

/// <summary>The words that stand in a large file's place, for people: name, size and link, and until when it works.</summary>
internal static class LinkText
{
    /// <summary>The longest text of a message in Genesys' messaging.</summary>
    public const int MaxLength = 2000;

    public static string Of(UploadRow upload, FileLink link)
    {
        var name = Plain(upload.Filename);
        var text = With(name);
        // The link itself must stay whole; a name that leaves no room for it is not needed to find the file.
        return text.Length <= MaxLength ? text : With(name[..Math.Max(0, name.Length - (text.Length - MaxLength))]);

        string With(string shown) => string.Create(
            CultureInfo.InvariantCulture, $"File \"{shown}\" ({upload.Mime}, {Size(upload.Size)}): {link.Address.AbsoluteUri}\nThe link works until {link.Expires.UtcDateTime:yyyy-MM-dd HH:mm} UTC.");
    }

    /// <summary>
    /// A name that the sender chose stands in a text that others read: no line of its own, nothing that a reader of Markdown or HTML takes for more than a letter, and nothing that looks like the beginning of an address.
    /// </summary>
    public static string Plain(string filename)
    {
        var text = new StringBuilder(filename.Length);
        foreach (var rune in filename.EnumerateRunes())
        {
            var category = Rune.GetUnicodeCategory(rune);
            var isLetter = category is not (UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator or UnicodeCategory.Surrogate)
                && rune.Value is not ('"' or '<' or '>' or '[' or ']' or '`' or '*' or '|' or '\\' or '/' or ':' or '&');
            if (isLetter) text.Append(rune.ToString());
            else text.Append('_');
        }
        return text.ToString();
    }

    private static string Size(long bytes) => bytes >= 1_000_000 ? string.Create(CultureInfo.InvariantCulture, $"{bytes / 1_000_000d:0.0} MB") : string.Create(CultureInfo.InvariantCulture, $"{Math.Ceiling(bytes / 1000d)} kB");
}
