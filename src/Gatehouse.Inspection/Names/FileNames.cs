using System.Globalization;
using System.Text;

namespace Gatehouse.Inspection.Names;

/// <summary>
/// The name under which a file is delivered: one path segment that is safe on every system and shows what it is, with letters of every script kept
/// (OWASP ASVS 5.0, 5.4.1).
/// </summary>
public static class FileNames
{
    /// <summary>In UTF-16 units, extension included, so that no way of counting finds more.</summary>
    public const int MaxCharacters = 120;

    /// <summary>In UTF-8, extension included; file systems allow 255.</summary>
    public const int MaxBytes = 200;

    private const string Unnamed = "file";

    /// <param name="original">The name as the sender gave it, possibly with a path.</param>
    /// <param name="mime">The bare type that the content was accepted as; its extension ends the name.</param>
    public static string Clean(string original, string mime)
    {
        ArgumentNullException.ThrowIfNull(original);
        var name = Sound(original);
        if (name.Length == 0)
            name = Unnamed;
        if (DeviceNames.IsOne(name))
            name = "_" + name;
        var extension = KnownTypes.EndingFor(name, mime);
        var stem = extension.IsOwn ? name[..^extension.Text.Length] : name;
        stem = Shorten(stem, MaxCharacters - extension.Text.Length, MaxBytes - Encoding.UTF8.GetByteCount(extension.Text)).TrimEnd(' ', '.');
        return (stem.Length == 0 ? Unnamed : stem) + extension.Text;
    }

    /// <summary>Whether anything is left of a name without its path and what is not safe in it.</summary>
    public static bool IsUsable(string original)
    {
        ArgumentNullException.ThrowIfNull(original);
        return Sound(original).Length > 0;
    }

    /// <summary>Whether two names are one, however their letters are put together and whatever in them is not seen.</summary>
    public static bool AreSame(string one, string other)
    {
        ArgumentNullException.ThrowIfNull(one);
        ArgumentNullException.ThrowIfNull(other);
        return string.Equals(Normalize(one), Normalize(other), StringComparison.Ordinal);
    }

    private static string Sound(string original) => TrimEnds(NameCharacters.Replace(Normalize(BaseName(original))));

    private static string BaseName(string original)
    {
        var last = original.AsSpan().LastIndexOfAny('/', '\\');
        return original[(last + 1)..];
    }

    private static string Normalize(string name) => NameCharacters.Remove(name).Normalize(NormalizationForm.FormC);

    private static string TrimEnds(string name)
    {
        var start = 0;
        while (start < name.Length && (name[start] is '.' or '-' || char.IsWhiteSpace(name[start])))
            start++;
        var end = name.Length;
        while (end > start && (name[end - 1] == '.' || char.IsWhiteSpace(name[end - 1])))
            end--;
        return name[start..end];
    }

    private static string Shorten(string name, int maxCharacters, int maxBytes)
    {
        var kept = 0;
        var bytes = 0;
        while (kept < name.Length)
        {
            var length = StringInfo.GetNextTextElementLength(name, kept);
            bytes += Encoding.UTF8.GetByteCount(name.AsSpan(kept, length));
            if (kept + length > maxCharacters || bytes > maxBytes)
                break;
            kept += length;
        }

        return name[..kept];
    }
}
