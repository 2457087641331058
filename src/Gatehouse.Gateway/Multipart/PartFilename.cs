using System.Text;
using Gatehouse.Inspection.Names;

namespace Gatehouse.Gateway.Multipart;

/// <summary>
/// What a file is called, from <c>filename</c> and <c>filename*</c>. .NET's HttpClient sends both, the first as an RFC 2047 word; they must agree. A word that stands alone is
/// taken as it is written: whoever decodes it sees a name that nobody else checked (<c>=?utf-8?B?Li4vYi5odG1s?=</c> would be <c>../b.html</c>).
/// </summary>
internal static class PartFilename
{
    /// <summary>Null when there is neither. <paramref name="problem"/> is empty when all is well.</summary>
    public static string? Resolve(string? plain, string? extended, out string problem)
    {
        problem = "";
        if (plain is not null && HiddenCharacters.Find(plain) is { } hidden)
        {
            problem = $"Content-Disposition: filename hides {hidden}.";
            return null;
        }
        if (extended is null) return plain is null ? null : Unescape(plain);
        if (ExtendedValue.Decode(extended) is not { Length: > 0 } name)
        {
            problem = "Content-Disposition: filename* is not valid UTF-8 as RFC 8187 writes it.";
            return null;
        }
        if (HiddenCharacters.FindDecoded(name) is { } found)
        {
            problem = $"Content-Disposition: filename* hides {found}.";
            return null;
        }
        if (plain is null || Agree(plain, name)) return name;
        problem = "Content-Disposition: filename and filename* name different files.";
        return null;
    }

    /// <summary>Undoes what browsers escape in names (WHATWG HTML, "multipart/form-data"): quotes; line ends, which no name keeps, go.</summary>
    public static string Unescape(string text) => !text.Contains('%', StringComparison.Ordinal)
        ? text
        : text.Replace("%22", "\"", StringComparison.Ordinal)
            .Replace("%0D", "", StringComparison.OrdinalIgnoreCase)
            .Replace("%0A", "", StringComparison.OrdinalIgnoreCase);

    private static bool Agree(string plain, string name)
    {
        if (FileNames.AreSame(Unescape(plain), name)) return true;
        if (EncodedWord.Decode(plain) is { } word) return FileNames.AreSame(word, name) || FileNames.AreSame(Unescape(word), name);
        return Ascii.IsValid(plain) && Extension(plain).Equals(Extension(name), StringComparison.OrdinalIgnoreCase);
    }

    private static ReadOnlySpan<char> Extension(string name)
    {
        var dot = name.LastIndexOf('.');
        return dot < 0 ? "" : name.AsSpan(dot);
    }
}
